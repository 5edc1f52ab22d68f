import { Button, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SupervisionSessionView } from '../../supervision/sessions.contract.js';
import { useAction } from '../api/actions.js';
import { faultOf } from '../api/problem.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { toLocalInput } from '../time/format.js';
import { serverNow } from '../time/now.js';
import { dayAndTime, momentIn } from './dates.js';
import styles from './supervision.module.css';

type Doing = 'nothing' | 'holding' | 'moving';

/** A session to come, or one whose time has passed and of which nobody said yet what became of it. */
export function PlannedSession({ session }: { session: SupervisionSessionView }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const [doing, setDoing] = useState<Doing>('nothing');
  const { id, track, topics, plannedAt } = session;
  const path = `/supervision/sessions/${id}`;
  const leave = useAction<unknown, 'missed' | 'cancel'>((act) => ({ path: `${path}/${act}` }));
  const past = Date.parse(plannedAt) <= serverNow();
  return (
    <section className={styles.card} aria-label={t('supervision.sessions.of', { track: t(`track.${track}`), time: dayAndTime(plannedAt) })}>
      <p><strong>{t(`track.${track}`)}</strong> {dayAndTime(plannedAt)}</p>
      {topics.length > 0 && <p className="pd-dim">{topics.map((code) => labels.of('supervisionTopics', code)).join(', ')}</p>}
      {past && <p className={styles.soon}>{t('supervision.sessions.was')}</p>}
      <ProblemNote fault={leave.error} at="desk" />
      {doing === 'holding' && <Hold path={path} onClose={() => setDoing('nothing')} />}
      {doing === 'moving' && <Move path={path} plannedAt={plannedAt} onClose={() => setDoing('nothing')} />}
      {doing === 'nothing' && (
        <div className={styles.acts}>
          <Button h={44} variant={past ? 'filled' : 'default'} onClick={() => setDoing('holding')}>{t('supervision.sessions.held')}</Button>
          <Button h={44} variant="default" onClick={() => setDoing('moving')}>{t('supervision.sessions.move')}</Button>
          {past && <Button h={44} variant="default" loading={leave.isPending} onClick={() => leave.mutate('missed')}>{t('supervision.sessions.missed')}</Button>}
          {!past && <Button h={44} variant="subtle" loading={leave.isPending} onClick={() => leave.mutate('cancel')}>{t('supervision.sessions.cancel')}</Button>}
        </div>
      )}
    </section>
  );
}

function Hold({ path, onClose }: { path: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [notes, setNotes] = useState('');
  const { mutate, isPending, error } = useAction(() => ({ path: `${path}/held`, body: notes === '' ? {} : { notes } }));
  return (
    <div className={styles.form}>
      <Textarea label={t('supervision.sessions.notes')} description={t('supervision.sessions.notesHelp')} autosize minRows={3} maxLength={8_000} value={notes} onChange={(event) => setNotes(event.currentTarget.value)} />
      <ProblemNote fault={error} at="desk" />
      <div className={styles.acts}>
        <Button h={44} loading={isPending} onClick={() => mutate()}>{t('supervision.sessions.keep')}</Button>
        <Button h={44} variant="subtle" onClick={onClose}>{t('common.close')}</Button>
      </div>
    </div>
  );
}

function Move({ path, plannedAt, onClose }: { path: string; plannedAt: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [at, setAt] = useState(() => toLocalInput(new Date(plannedAt)));
  const moment = momentIn(at);
  const { mutate, isPending, error } = useAction(() => ({ path: `${path}/reschedule`, body: { plannedAt: moment } }));
  return (
    <div className={styles.form}>
      <TextInput type="datetime-local" label={t('supervision.sessions.when')} value={at} onChange={(event) => setAt(event.currentTarget.value)} error={faultOf(error, 'plannedAt') && t('supervision.sessions.whenWrong')} />
      {!faultOf(error, 'plannedAt') && <ProblemNote fault={error} at="desk" />}
      <div className={styles.acts}>
        <Button h={44} loading={isPending} disabled={moment === null} onClick={() => mutate()}>{t('supervision.sessions.moveIt')}</Button>
        <Button h={44} variant="subtle" onClick={onClose}>{t('common.close')}</Button>
      </div>
    </div>
  );
}
