import { Button, Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { language, LANGUAGES, speak } from '../i18n.js';
import { Icon } from '../parts/icons.js';
import { isStaff, useMe } from './session.js';
import styles from './shell.module.css';
import { useSignOut } from './sign-out.js';

const SCHEMES: readonly MantineColorScheme[] = ['auto', 'light', 'dark'];

export function AccountMenu({ children }: { children?: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const signOut = useSignOut();
  const { pathname } = useLocation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = me.account.displayName ?? me.account.email ?? t('account.menu');
  const both = isStaff(me) && me.account.roles.includes('peer');
  return (
    <Menu position="bottom-end" width={240} withinPortal shadow="md">
      <Menu.Target>
        <Button variant="subtle" color="gray" c="var(--pd-text)" size="compact-md" className={styles.account} rightSection={<Icon name="caret" size={14} />} aria-label={t('account.menuOf', { name })}>
          <span className={styles.accountName}>{name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {both && (
          <Menu.Item component={Link} to={pathname.startsWith('/peer') ? '/board' : '/peer'}>
            {t(pathname.startsWith('/peer') ? 'account.toBoard' : 'account.toPeer')}
          </Menu.Item>
        )}
        {children}
        <Menu.Label>{t('account.language')}</Menu.Label>
        {LANGUAGES.map((each) => (
          <Menu.Item key={each} lang={each} role="menuitemradio" aria-checked={each === language()} onClick={() => void speak(each)} rightSection={<Tick on={each === language()} />}>
            {t(`language.${each}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('account.appearance')}</Menu.Label>
        {SCHEMES.map((each) => (
          <Menu.Item key={each} role="menuitemradio" aria-checked={each === colorScheme} onClick={() => setColorScheme(each)} rightSection={<Tick on={each === colorScheme} />}>
            {t(`appearance.${each}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>{t('account.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Tick({ on }: { on: boolean }): ReactElement | null {
  return on ? <Icon name="check" size={14} /> : null;
}
