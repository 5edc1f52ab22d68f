import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithRef, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../api/types.js';
import { Icon } from '../parts/icons.js';
import styles from './shell.module.css';

export function useAccountName({ account }: Me): string {
  const { t } = useTranslation();
  return account.displayName ?? account.email ?? t('account.menu');
}

/** Whose account it is. A phone has no room for a name beside its organisation's: there it is a sign, and the menu says the name. */
export function AccountButton({ name, ...others }: { name: string } & ButtonProps & ComponentPropsWithRef<'button'>): ReactElement {
  const { t } = useTranslation();
  return (
    <Button variant="subtle" color="gray" c="var(--pd-text)" size="compact-md" className={styles.account} rightSection={<Icon name="caret" size={14} />} aria-label={t('account.menuOf', { name })} {...others}>
      <span className={styles.accountName}>{name}</span>
      <span className={styles.accountSign}><Icon name="person" size={20} /></span>
    </Button>
  );
}
