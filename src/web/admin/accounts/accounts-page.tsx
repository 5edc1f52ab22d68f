import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Shown } from '../../parts/shown.js';
import { Empty, PageHead, Table } from '../page-parts.js';
import parts from '../page-parts.module.css';
import styles from './accounts.module.css';
import { accountsQueries, type Account } from './queries.js';

/** Everybody who may sign in, or is invited to. */
export function AccountsPage(): ReactElement {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const accounts = useInfiniteQuery(accountsQueries.list(search));
  return (
    <>
      <PageHead title={t('admin.nav.accounts')} help={t('accounts.help')}>
        <Button component={Link} to="/admin/accounts/new">{t('accounts.invite')}</Button>
      </PageHead>
      <TextInput className={parts.search} label={t('accounts.search')} value={typed} maxLength={120} onChange={(event) => setTyped(event.currentTarget.value)} />
      <Shown asked={accounts}>
        {(items) => (
          <>
            {items.length === 0 ? <Empty>{t('accounts.none')}</Empty> : <AccountTable items={items} />}
            {accounts.hasNextPage && <Button mt="md" variant="default" loading={accounts.isFetchingNextPage} onClick={() => void accounts.fetchNextPage()}>{t('accounts.more')}</Button>}
          </>
        )}
      </Shown>
    </>
  );
}

function AccountTable({ items }: { items: readonly Account[] }): ReactElement {
  const { t } = useTranslation();
  const [name, roles, state, factor] = [t('accounts.name'), t('accounts.roles'), t('accounts.state'), t('secondFactor.title')];
  return (
    <Table label={t('admin.nav.accounts')} columns={[name, roles, state, factor]}>
      {items.map((account) => (
        <tr key={account.id}>
          <td>
            <Link to={`/admin/accounts/${account.id}`} className={styles.name}>{account.displayName}</Link>
            <span className={styles.email}>{account.email}</span>
          </td>
          <td data-column={roles}>{account.roles.map((role) => t(`role.${role}`)).join(', ')}</td>
          <td data-column={state}><span className={styles.state} data-state={account.state}>{t(`accounts.stateOf.${account.state}`)}</span></td>
          <td data-column={factor}>{t(account.secondFactor ? 'secondFactor.on' : 'secondFactor.off')}</td>
        </tr>
      ))}
    </Table>
  );
}
