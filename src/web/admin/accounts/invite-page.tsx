import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { InvitedView } from '../../../shifts/staff.contract.js';
import { textOf, useFieldFault } from '../../account/fields.js';
import { useAction } from '../../api/actions.js';
import { ApiProblem } from '../../api/problem.js';
import type { Role } from '../../api/types.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { BackLink, PageHead } from '../page-parts.js';
import parts from '../page-parts.module.css';
import { RoleFields } from './role-fields.js';
import { ShownOnce } from './shown-once.js';

interface Invitation {
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly programmeIds: readonly string[];
}

/** Lets somebody in. No mail is sent from here: the link is handed on by who invites. */
export function InvitePage(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [roles, setRoles] = useState<Role[]>([]);
  const [programmeIds, setProgrammeIds] = useState<string[]>([]);
  const { mutate, isPending, error, data } = useAction<InvitedView, Invitation>((body) => ({ path: '/accounts', body }));
  const faultAt = useFieldFault(error);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    mutate({ email: textOf(event.currentTarget, 'email').trim(), displayName: textOf(event.currentTarget, 'displayName').trim(), roles, programmeIds });
  };
  if (data) {
    return (
      <>
        <PageHead title={t('accounts.invited', { name: data.account.displayName })} />
        <ShownOnce title={t('accounts.linkTitle')} help={t('accounts.linkHelp.invite')} secret={data.link} onClose={() => void navigate(`/admin/accounts/${data.account.id}`)} />
        {data.account.roles.includes('peer') && <p>{t('accounts.peerNext')} <Link to="/admin/peers">{t('admin.nav.peers')}</Link></p>}
      </>
    );
  }
  return (
    <>
      <BackLink to="/admin/accounts">{t('admin.nav.accounts')}</BackLink>
      <PageHead title={t('accounts.inviteTitle')} help={t('accounts.inviteHelp')} />
      <form className={parts.form} onSubmit={send}>
        <TextInput name="displayName" label={t('accounts.name')} error={faultAt('displayName')} required withAsterisk={false} maxLength={120} autoComplete="off" autoFocus />
        <TextInput name="email" type="email" label={t('signIn.email')} error={faultAt('email')} required withAsterisk={false} maxLength={254} autoComplete="off" />
        <RoleFields roles={roles} programmeIds={programmeIds} onRoles={setRoles} onProgrammes={setProgrammeIds} />
        <ProblemNote fault={error instanceof ApiProblem && error.status === 422 && roles.length > 0 ? null : error} />
        <div className={parts.buttons}><Button type="submit" loading={isPending} disabled={roles.length === 0}>{t('accounts.makeLink')}</Button></div>
      </form>
    </>
  );
}
