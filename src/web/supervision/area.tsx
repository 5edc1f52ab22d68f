import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { DeskWatch } from '../board/desk-watch.js';
import icon from '../icon.svg';
import { NewVersion } from '../parts/new-version.js';
import { AccountMenu } from '../shell/account-menu.js';
import { DemoBadge } from '../shell/demo-badge.js';
import { useMe } from '../shell/session.js';
import styles from './supervision.module.css';
import { Ways } from './ways.js';

/** What the pages of supervision that need no hurry share. Whoever answers for pages hears them here as well. */
export function SupervisionArea(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const supervises = me.account.roles.includes('supervisor');
  return (
    <>
      <header className={styles.header}>
        <img src={icon} alt="" width={24} height={24} />
        <strong>{t('supervise.title')}</strong>
        <DemoBadge demo={me.organisation?.demo} />
        <span className={styles.push} />
        {supervises && <Link to="/board">{t('supervise.board')}</Link>}
        <AccountMenu />
      </header>
      {(supervises || me.account.roles.includes('coordinator')) && <DeskWatch />}
      <NewVersion />
      <Ways />
      <main><Outlet /></main>
    </>
  );
}
