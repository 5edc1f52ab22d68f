import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProgrammeDetailView } from '../../../programmes/admin.contract.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { PersonSearch, useChange } from '../form-parts.js';
import { Empty } from '../page-parts.js';
import styles from '../page-parts.module.css';

export function Members({ programme }: { programme: ProgrammeDetailView }): ReactElement {
  const { t } = useTranslation();
  const { id, members } = programme;
  const [asked, setAsked] = useState<string | null>(null);
  const add = useChange<string>((personId) => ({ path: `/programmes/${id}/members`, body: { personId } }));
  const remove = useChange<string>((personId) => ({ method: 'DELETE', path: `/programmes/${id}/members/${personId}` }), () => setAsked(null));
  return (
    <section className={styles.section} aria-labelledby="members-title">
      <h2 id="members-title">{t('admin.members.title', { count: members.length })}</h2>
      <p>{t('admin.members.help')}</p>
      <PersonSearch label={t('admin.members.add')} without={members.map(({ personId }) => personId)} onPick={(personId) => add.mutate(personId)} />
      <ProblemNote fault={add.error ?? remove.error} />
      {members.length === 0 && <Empty>{t('admin.members.none')}</Empty>}
      <ul className={styles.rows}>
        {members.map(({ personId, name, roles }) => (
          <li key={personId} className={styles.row}>
            <span className={styles.rowName}>{name}<span>{roles.map((role) => t(`admin.role.${role}`)).join(', ')}</span></span>
            {asked === personId ? (
              <span className={styles.rowActs}>
                <Button size="compact-md" loading={remove.isPending} onClick={() => remove.mutate(personId)}>{t('admin.members.removeNow')}</Button>
                <Button size="compact-md" variant="default" onClick={() => setAsked(null)} autoFocus>{t('common.back')}</Button>
              </span>
            ) : (
              <Button size="compact-md" variant="subtle" aria-label={t('admin.members.removeOf', { name })} onClick={() => setAsked(personId)}>{t('admin.members.remove')}</Button>
            )}
            {asked === personId && <span className="pd-dim">{t('admin.members.removeHelp')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
