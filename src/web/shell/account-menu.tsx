import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { Role } from '../api/types.js';
import { language, LANGUAGES, speak } from '../i18n.js';
import { Icon } from '../parts/icons.js';
import { PlayItems } from '../play/play-items.js';
import { AccountButton, useAccountName } from './account-button.js';
import { useMe } from './session.js';
import styles from './shell.module.css';
import { useSignOut } from './sign-out.js';

const TICK = <Icon name="check" size={14} />;
const SCHEMES: readonly MantineColorScheme[] = ['auto', 'light', 'dark'];

/** Who has several roles goes from one workplace to another. */
const PLACES: readonly { readonly path: string; readonly roles: readonly Role[]; readonly word: 'toBoard' | 'toSupervisor' | 'toPeer' | 'toAdmin' }[] = [
  { path: '/board', roles: ['coordinator', 'supervisor'], word: 'toBoard' },
  { path: '/supervisor', roles: ['supervisor'], word: 'toSupervisor' },
  { path: '/peer', roles: ['peer'], word: 'toPeer' },
  { path: '/admin', roles: ['admin'], word: 'toAdmin' },
];

export function AccountMenu({ children, openAtOnce = false }: { children?: ReactNode; openAtOnce?: boolean }): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const signOut = useSignOut();
  const { pathname } = useLocation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = useAccountName(me);
  const elsewhere = PLACES.filter(({ path, roles }) => !pathname.startsWith(path) && roles.some((role) => me.account.roles.includes(role)));
  return (
    <Menu defaultOpened={openAtOnce} position="bottom-end" width={240} withinPortal shadow="md">
      <Menu.Target>
        <AccountButton name={name} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={styles.whose}>{name}</Menu.Label>
        {elsewhere.map(({ path, word }) => <Menu.Item key={path} component={Link} to={path}>{t(`account.${word}`)}</Menu.Item>)}
        {children}
        <PlayItems />
        {pathname !== '/account' && <Menu.Item component={Link} to="/account">{t('account.mine')}</Menu.Item>}
        <div role="group" aria-label={t('account.language')}>
          <Menu.Label aria-hidden="true">{t('account.language')}</Menu.Label>
          {LANGUAGES.map((each) => (
            <Menu.RadioItem key={each} lang={each} value={each} checked={each === language()} checkIcon={TICK} onChange={() => void speak(each)}>{t(`language.${each}`)}</Menu.RadioItem>
          ))}
        </div>
        <div role="group" aria-label={t('account.appearance')}>
          <Menu.Label aria-hidden="true">{t('account.appearance')}</Menu.Label>
          {SCHEMES.map((each) => (
            <Menu.RadioItem key={each} value={each} checked={each === colorScheme} checkIcon={TICK} onChange={() => setColorScheme(each)}>{t(`appearance.${each}`)}</Menu.RadioItem>
          ))}
        </div>
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>{t('account.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
