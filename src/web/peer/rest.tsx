import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwayView } from '../../shifts/contract.js';
import type { MyAssignmentView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import type { Intensity } from '../api/types.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { supervisionQueries } from '../supervision/queries.js';
import { clockTime } from '../time/format.js';
import { serverNow, useNow } from '../time/now.js';
import { leave } from './notice.js';
import styles from './peer.module.css';
import { RestingLine } from './resting-line.js';
import { rested, takeBack, takingBack, UNDO_MS, type Closed } from './rest-state.js';

/** How long a breath we suggest, in minutes. It is theirs to take or to leave. */
const BREATH: Readonly<Record<Intensity, number>> = { calm: 10, hard: 20, critical: 60 };
const MINUTE_MS = 60_000;

/** After a close-out: thanks, a moment to take it back, and rest as something given, not imposed. */
export function Rest({ closed, onDuty }: { closed: Closed; onDuty: boolean }): ReactElement {
  const { t } = useTranslation();
  const now = useNow();
  const { intensity } = closed.said;
  const waits = useQuery(supervisionQueries.mine()).data?.waitsForContact === true;
  const minutes = BREATH[intensity];
  const time = clockTime(new Date(now + minutes * MINUTE_MS), new Date(now), language());
  const { mutate, isPending, error } = useAction<AwayView>(() => ({
    method: 'PUT', path: '/me/away', body: { from: new Date(serverNow()).toISOString(), until: new Date(serverNow() + minutes * MINUTE_MS).toISOString() },
  }), { done: () => { leave('duty'); rested(); } });
  return (
    <>
      <div className={styles.words}>
        <h1>{t('rest.thanks')}</h1>
        <p>{t(waits && intensity !== 'critical' ? 'rest.after.grave' : `rest.after.${intensity}`)}</p>
        {onDuty && !waits && <RestingLine />}
        {onDuty && <p className="pd-dim pd-figures">{t('rest.offer', { minutes, time })}</p>}
        <Undo key={closed.assignmentId} closed={closed} />
      </div>
      <div className={styles.thumb}>
        <ProblemNote fault={error} />
        {onDuty && <Button fullWidth h={56} fz={16} loading={isPending} onClick={() => mutate()}>{t('rest.take', { count: minutes })}</Button>}
        <button type="button" className={styles.quietBig} disabled={isPending} onClick={rested}>{t(onDuty && !waits ? 'rest.ready' : 'rest.fine')}</button>
      </div>
    </>
  );
}

function Undo({ closed }: { closed: Closed }): ReactElement | null {
  const { t } = useTranslation();
  const [open, setOpen] = useState(() => Date.now() < closed.atMs + UNDO_MS);
  const { mutate, isPending, error } = useAction<MyAssignmentView>(() => {
    takingBack();
    return { path: `/assignments/${closed.assignmentId}/undo-close` };
  }, { done: takeBack });
  useEffect(() => {
    const over = setTimeout(() => setOpen(false), Math.max(0, closed.atMs + UNDO_MS - Date.now()));
    return () => clearTimeout(over);
  }, [closed.atMs]);
  if (!open && !isPending) return <ProblemNote fault={error} />;
  return (
    <>
      <Button variant="default" size="md" loading={isPending} onClick={() => mutate()}>{t('rest.undo')}</Button>
      <ProblemNote fault={error} />
    </>
  );
}
