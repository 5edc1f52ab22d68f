import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useFieldFault } from '../../account/fields.js';
import { useAction } from '../../api/actions.js';
import { ApiProblem } from '../../api/problem.js';
import type { Role } from '../../api/types.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Shown } from '../../parts/shown.js';
import { useMe } from '../../shell/session.js';
import { BackLink, PageHead } from '../page-parts.js';
import { AccountDoors } from './account-doors.js';
import parts from '../page-parts.module.css';
import styles from './accounts.module.css';
import { accountsQueries, type Account } from './queries.js';
import { RoleFields } from './role-fields.js';

export function AccountPage(): ReactElement {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const account = useQuery(accountsQueries.one(id));
  return (
    <>
      <BackLink to="/admin/accounts">{t('admin.nav.accounts')}</BackLink>
      <Shown asked={account}>
        {(shown) => (
          <>
            <PageHead title={shown.displayName} help={shown.email}>
              <span className={styles.state} data-state={shown.state}>{t(`accounts.stateOf.${shown.state}`)}</span>
            </PageHead>
            <Settings key={shown.version} account={shown} />
            <AccountDoors account={shown} />
          </>
        )}
      </Shown>
    </>
  );
}

interface Change {
  readonly displayName: string;
  readonly roles?: readonly Role[];
  readonly programmeIds: readonly string[];
}

function Settings({ account }: { account: Account }): ReactElement {
  const { t } = useTranslation();
  const own = useMe().account.id === account.id;
  const [displayName, setDisplayName] = useState(account.displayName);
  const [roles, setRoles] = useState<Role[]>([...account.roles]);
  const [programmeIds, setProgrammeIds] = useState<string[]>([...account.programmeIds]);
  const { mutate, isPending, error } = useAction<Account, Change>(
    (body) => ({ method: 'PATCH', path: `/accounts/${account.id}`, version: account.version, body }),
    { done: () => notifications.show({ message: t('accounts.saved'), color: 'teal' }) },
  );
  const faultAt = useFieldFault(error);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    mutate({ displayName: displayName.trim(), programmeIds, ...(own ? {} : { roles }) });
  };
  return (
    <form className={parts.form} onSubmit={send}>
      <TextInput label={t('accounts.name')} value={displayName} onChange={(event) => setDisplayName(event.currentTarget.value)} error={faultAt('displayName')} required withAsterisk={false} maxLength={120} autoComplete="off" />
      <RoleFields roles={roles} programmeIds={programmeIds} onRoles={setRoles} onProgrammes={setProgrammeIds} own={own} />
      <ProblemNote fault={error instanceof ApiProblem && error.faults.length > 0 ? null : error} />
      <div><Button type="submit" loading={isPending} disabled={roles.length === 0 || displayName.trim() === ''}>{t('accounts.save')}</Button></div>
    </form>
  );
}
