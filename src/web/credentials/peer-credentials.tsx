import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CredentialNumberView, CredentialView } from '../../peers/credentials.contract.js';
import { useAction } from '../api/actions.js';
import { call } from '../api/http.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useMe } from '../shell/session.js';
import { CredentialLine } from './credential-line.js';
import styles from './credentials.module.css';
import { credentialQueries } from './queries.js';
import { RecordForm } from './record-form.js';
import { StandingOf } from './standing.js';

/** What a peer holds, for administration and supervisors: to see, to record, to take back. */
export function PeerCredentials({ personId }: { personId: string }): ReactElement {
  const { t } = useTranslation();
  const { data, error } = useQuery(credentialQueries.of(personId));
  const [recording, setRecording] = useState(false);
  const [said, say] = useState('');
  if (!data) return error ? <ProblemNote fault={error} at="desk" /> : <p className="pd-dim" aria-busy="true">{t('page.loading')}</p>;
  const over = data.filter(({ standing }) => standing !== 'in-date');
  return (
    <>
      <StandingOf personId={personId} />
      {data.length === 0 && <p className="pd-dim">{t('credentials.staff.none')}</p>}
      <ul className={styles.list}>{data.filter((each) => !over.includes(each)).map((each) => <Kept key={each.id} credential={each} />)}</ul>
      {over.length > 0 && (
        <details>
          <summary className={styles.summary}>{t('credentials.staff.over', { count: over.length })}</summary>
          <ul className={styles.list}>{over.map((each) => <CredentialLine key={each.id} credential={each} />)}</ul>
        </details>
      )}
      <p role="status" className="pd-dim">{said}</p>
      {recording
        ? <RecordForm personId={personId} onClose={(done) => { setRecording(false); say(done ? t('credentials.staff.recorded') : ''); }} />
        : <Button onClick={() => { say(''); setRecording(true); }}>{t('credentials.staff.record')}</Button>}
    </>
  );
}

function Kept({ credential }: { credential: CredentialView }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const { account } = useMe();
  const [asking, ask] = useState(false);
  const revoke = useAction(() => ({ path: `/credentials/${credential.id}/revoke` }));
  const name = labels.of('credentials', credential.code);
  return (
    <CredentialLine credential={credential}>
      <div className={styles.acts}>
        {credential.hasNumber && account.roles.includes('admin') && <SealedNumber id={credential.id} name={name} />}
        {!asking && <Button size="compact-md" variant="subtle" aria-label={t('credentials.staff.revokeOf', { name })} onClick={() => ask(true)}>{t('credentials.staff.revoke')}</Button>}
        {asking && (
          <div role="group" aria-label={t('credentials.staff.revokeOf', { name })} className={styles.acts}>
            <span>{t('credentials.staff.revokeQuestion', { name })}</span>
            <Button size="compact-md" loading={revoke.isPending} onClick={() => revoke.mutate()}>{t('credentials.staff.revoke')}</Button>
            <Button size="compact-md" variant="default" autoFocus onClick={() => ask(false)}>{t('common.back')}</Button>
          </div>
        )}
      </div>
      <ProblemNote fault={revoke.error} at="desk" />
    </CredentialLine>
  );
}

/** Opened on purpose, which is audited; gone with the page. */
function SealedNumber({ id, name }: { id: string; name: string }): ReactElement {
  const { t } = useTranslation();
  const [number, setNumber] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const open = (): void => {
    setFault(null);
    call<CredentialNumberView>(`/credentials/${id}/number`).then((view) => setNumber(view.number ?? '–'), setFault);
  };
  if (number !== null) return <span className={styles.number}>{t('credentials.line.number', { number })}</span>;
  return (
    <>
      <Button size="compact-md" variant="subtle" aria-label={t('credentials.line.showNumberOf', { name })} onClick={open}>{t('credentials.line.showNumber')}</Button>
      <ProblemNote fault={fault} at="desk" />
    </>
  );
}
