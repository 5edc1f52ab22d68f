import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useMe } from '../shell/session.js';
import { MessageWaits } from './message-waits.js';
import { SECTIONS } from './sections.js';
import styles from './supervision.module.css';

/** From each page of supervision to the others, for those who have something to do there, and that a message waits. */
export function Ways(): ReactElement {
  const { t } = useTranslation();
  const { roles } = useMe().account;
  const mine = SECTIONS.filter((section) => section.roles.some((role) => roles.includes(role)));
  return (
    <>
      <nav className={styles.ways} aria-label={t('supervise.title')}>
        {mine.map(({ path, word }) => <NavLink key={path} to={path} end={path === '/supervisor'}>{t(word)}</NavLink>)}
      </nav>
      <MessageWaits />
    </>
  );
}
