import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries.js';
import { ROLES, type Role } from '../../api/types.js';
import { Tokens } from '../../parts/tokens.js';
import parts from '../../parts/parts.module.css';

/** What somebody may do, and where. Nobody changes their own roles. */
export function RoleFields({ roles, programmeIds, onRoles, onProgrammes, own = false }: {
  roles: readonly Role[]; programmeIds: readonly string[]; onRoles: (roles: Role[]) => void; onProgrammes: (ids: string[]) => void; own?: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const { data: programmes = [] } = useQuery(queries.programmes());
  return (
    <>
      {own
        ? <p className={parts.hint}>{t('accounts.ownRoles', { roles: roles.map((role) => t(`role.${role}`)).join(', ') })}</p>
        : <Tokens label={t('accounts.roles')} options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))} chosen={roles} onChange={onRoles} />}
      {programmes.length > 0 && (
        <Tokens label={t('accounts.programmes')} options={programmes.map(({ id, name }) => ({ value: id, label: name }))} chosen={programmeIds} onChange={onProgrammes} />
      )}
    </>
  );
}
