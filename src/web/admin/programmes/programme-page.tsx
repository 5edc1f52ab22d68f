import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { ProgrammeDetailView } from '../../../programmes/admin.contract.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Shown } from '../../parts/shown.js';
import { Confirmed, useChange } from '../form-parts.js';
import { BackLink, PageHead } from '../page-parts.js';
import styles from '../page-parts.module.css';
import { adminQueries } from '../queries.js';
import { Members } from './members.js';
import { ProgrammeForm, type ProgrammeFields } from './programme-form.js';

export function NewProgrammePage(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const found = useChange<ProgrammeFields, ProgrammeDetailView>((body) => ({ path: '/programmes', body }), ({ id }) => void navigate(`/admin/programmes/${id}`));
  const start: ProgrammeFields = {
    name: '', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, callingInstruction: '', callingInstructionEs: null, peersFirst: false, inPersonRule: 'with-team',
  };
  return (
    <>
      <BackLink to="/admin/programmes">{t('admin.nav.programmes')}</BackLink>
      <PageHead title={t('admin.programmes.new')} help={t('admin.programmes.newHelp')} />
      <ProgrammeForm start={start} saving={found.isPending} fault={found.error} label={t('admin.programmes.found')} onSave={found.mutate} />
    </>
  );
}

export function ProgrammePage(): ReactElement {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const asked = useQuery(adminQueries.programme(id));
  const version = asked.data?.version;
  const change = useChange<Partial<ProgrammeFields>>((body) => ({ method: 'PATCH', path: `/programmes/${id}`, body, version }));
  const closing = useChange<'active' | 'closed'>((status) => ({ method: 'PATCH', path: `/programmes/${id}`, body: { status }, version }));
  return (
    <>
      <BackLink to="/admin/programmes">{t('admin.nav.programmes')}</BackLink>
      <Shown asked={asked}>
        {(programme) => (
          <>
            <PageHead title={programme.name} help={programme.status === 'closed' ? t('admin.programmes.isClosed') : undefined}>
              <div className={styles.buttons}>
                <Link to={`/admin/on-call?programme=${id}`}>{t('admin.nav.onCall')}</Link>
                <Link to={`/admin/policies/${id}`}>{t('admin.nav.policies')}</Link>
              </div>
            </PageHead>
            <ProgrammeForm key={seedOf(programme)} start={fieldsOf(programme)} saving={change.isPending} fault={change.error} onSave={change.mutate} />
            <Members programme={programme} />
            <section className={styles.section}>
              <h2>{t(programme.status === 'active' ? 'admin.programmes.close' : 'admin.programmes.reopen')}</h2>
              <p>{t(programme.status === 'active' ? 'admin.programmes.closeHelp' : 'admin.programmes.reopenHelp')}</p>
              <Confirmed
                label={t(programme.status === 'active' ? 'admin.programmes.close' : 'admin.programmes.reopen')} busy={closing.isPending} danger={programme.status === 'active'}
                question={t(programme.status === 'active' ? 'admin.programmes.closeQuestion' : 'admin.programmes.reopenQuestion', { name: programme.name })}
                onConfirm={() => closing.mutate(programme.status === 'active' ? 'closed' : 'active')}
              />
              <ProblemNote fault={closing.error} />
            </section>
          </>
        )}
      </Shown>
    </>
  );
}

function fieldsOf({ name, timeZone, callingInstruction, callingInstructionEs, peersFirst, inPersonRule }: ProgrammeDetailView): ProgrammeFields {
  return { name, timeZone, callingInstruction, callingInstructionEs, peersFirst, inPersonRule };
}

/** The form begins afresh when somebody changed what it shows, not when a member came or went. */
const seedOf = (programme: ProgrammeDetailView): string => JSON.stringify(fieldsOf(programme));
