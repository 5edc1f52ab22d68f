import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../api/types.js';
import icon from '../icon.svg';
import { NewVersion } from '../parts/new-version.js';
import { AccountMenu } from './account-menu.js';
import { DemoBadge } from './demo-badge.js';
import styles from './shell.module.css';

/** The head of a page that is the same for every role. */
export function OwnBar({ me: { organisation } }: { me: Me }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <header className={styles.bar}>
        <img src={icon} alt="" width={24} height={24} />
        <strong>{organisation?.name ?? t('product')}</strong>
        <DemoBadge demo={organisation?.demo} />
        <span className={styles.push} />
        <AccountMenu />
      </header>
      <NewVersion />
    </>
  );
}
