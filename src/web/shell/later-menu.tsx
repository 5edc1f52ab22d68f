import { Button } from '@mantine/core';
import { lazy, Suspense, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icons.js';
import { useMe } from './session.js';
import styles from './shell.module.css';

const Opened = lazy(async () => ({ default: (await import('./account-menu.js')).AccountMenu }));

/** The account's menu, loaded by the tap that opens it: a phone with little network has the page before. */
export function LaterMenu(): ReactElement {
  const { t } = useTranslation();
  const { account } = useMe();
  const [wanted, want] = useState(false);
  const name = account.displayName ?? account.email ?? t('account.menu');
  const button = (
    <Button variant="subtle" color="gray" c="var(--pd-text)" size="compact-md" className={styles.account} rightSection={<Icon name="caret" size={14} />} aria-label={t('account.menuOf', { name })} aria-haspopup="menu" aria-expanded={false} onClick={() => want(true)}>
      <span className={styles.accountName}>{name}</span>
    </Button>
  );
  return wanted ? <Suspense fallback={button}><Opened openAtOnce /></Suspense> : button;
}
