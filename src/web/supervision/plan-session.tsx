import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { faultOf } from '../api/problem.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Tokens } from '../parts/tokens.js';
import { toLocalInput } from '../time/format.js';
import { serverNow } from '../time/now.js';
import { momentIn } from './dates.js';
import styles from './supervision.module.css';

const TRACKS = ['clinical-guidance', 'managerial-oversight', 'orientation', 'training', 'emotional-support'] as const;
const DAY_MS = 86_400_000;

/** A session to come. The peer is told that something waits, and nothing else. */
export function PlanSession({ personId }: { personId: string }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const [open, setOpen] = useState(false);
  const [track, setTrack] = useState<string>(TRACKS[0]);
  const [topics, setTopics] = useState<readonly string[]>([]);
  const [at, setAt] = useState(() => toLocalInput(new Date(serverNow() + DAY_MS)));
  const plannedAt = momentIn(at);
  const { mutate, isPending, error } = useAction(() => ({ path: '/supervision/sessions', body: { personId, track, topics, plannedAt } }), { done: () => { setOpen(false); setTopics([]); } });
  if (!open) return <Button variant="default" h={44} onClick={() => setOpen(true)}>{t('supervision.sessions.plan')}</Button>;
  return (
    <section className={styles.card} aria-label={t('supervision.sessions.plan')}>
      <div className={styles.form}>
        <NativeSelect label={t('supervision.sessions.track')} data={TRACKS.map((value) => ({ value, label: t(`track.${value}`) }))} value={track} onChange={(event) => setTrack(event.currentTarget.value)} />
        <TextInput type="datetime-local" label={t('supervision.sessions.when')} value={at} onChange={(event) => setAt(event.currentTarget.value)} error={faultOf(error, 'plannedAt') && t('supervision.sessions.whenWrong')} />
        <Tokens label={t('supervision.sessions.topics')} options={labels.options('supervisionTopics')} chosen={topics} onChange={setTopics} />
        {!faultOf(error, 'plannedAt') && <ProblemNote fault={error} at="desk" />}
        <div className={styles.acts}>
          <Button h={44} loading={isPending} disabled={plannedAt === null} onClick={() => mutate()}>{t('supervision.sessions.planIt')}</Button>
          <Button h={44} variant="subtle" onClick={() => setOpen(false)}>{t('common.close')}</Button>
        </div>
      </div>
    </section>
  );
}
