import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { DebriefWishedView } from '../../supervision/day.contract.js';
import type { SupervisionSessionView } from '../../supervision/sessions.contract.js';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Shown } from '../parts/shown.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { dayAndTime } from './dates.js';
import { Notes } from './notes.js';
import { Dues, Figures } from './peers-page.js';
import { PlanSession } from './plan-session.js';
import { PlannedSession } from './planned-session.js';
import { supervisionQueries } from './queries.js';
import { SharedTraits } from './shared-traits.js';
import styles from './supervision.module.css';

/** One peer, as who stands behind them sees it. */
export function SupervisedPeerPage(): ReactElement {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const asked = useQuery(supervisionQueries.day());
  const { data: day } = asked;
  const peer = day?.peers.find(({ personId }) => personId === id);
  const debrief = day?.debriefs.find(({ personId }) => personId === id);
  useTitle(peer?.name ?? debrief?.name ?? t('supervision.peers.title'), useMe());
  return (
    <div className={styles.page}>
      <Link to="/supervisor/peers" className={styles.back}>{t('supervision.peers.back')}</Link>
      <Shown asked={asked}>
        {({ sessions }) => (peer ? (
          <>
            <h1>{peer.name}</h1>
            <p><Figures exposure={peer.exposure} onDuty={peer.onDutySince !== null} /></p>
            {debrief && <HoldDebrief id={debrief.id} />}
            <h2>{t('supervision.sessions.planned')}</h2>
            {sessions.filter(({ personId }) => personId === id).map((session) => <PlannedSession key={session.id} session={session} />)}
            <PlanSession personId={id} />
            <h2>{t('supervision.sessions.due')}</h2>
            <Dues dues={peer.dues} />
            <h2>{t('supervision.sessions.past')}</h2>
            <Past personId={id} />
            {peer.as === 'supervisor' && <SharedTraits personId={id} />}
          </>
        ) : <ForALead debrief={debrief} />)}
      </Shown>
    </div>
  );
}

/** Of somebody else's peer nothing shows but what waits for whoever may. */
function ForALead({ debrief }: { debrief: DebriefWishedView | undefined }): ReactElement {
  const { t } = useTranslation();
  return debrief ? <><h1>{debrief.name}</h1><HoldDebrief id={debrief.id} /></> : <p>{t('supervision.peers.notYours')}</p>;
}

function HoldDebrief({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  const [notes, setNotes] = useState('');
  const { mutate, isPending, error } = useAction(() => ({ path: `/supervision/debriefs/${id}/held`, body: notes === '' ? {} : { notes } }));
  return (
    <section className={styles.card} aria-label={t('supervision.debrief.title')}>
      <p>{t('supervision.debrief.help')}</p>
      <div className={styles.form}>
        <Textarea label={t('supervision.sessions.notes')} description={t('supervision.sessions.notesHelp')} autosize minRows={2} maxLength={8_000} value={notes} onChange={(event) => setNotes(event.currentTarget.value)} />
        <ProblemNote fault={error} at="desk" />
        <Button h={44} loading={isPending} onClick={() => mutate()}>{t('supervision.debrief.held')}</Button>
      </div>
    </section>
  );
}

function Past({ personId }: { personId: string }): ReactElement {
  const { t } = useTranslation();
  const { data, error } = useQuery(supervisionQueries.past(personId));
  if (!data) return error ? <ProblemNote fault={error} at="desk" /> : <p aria-busy="true">{t('page.loading')}</p>;
  if (data.length === 0) return <p className="pd-dim">{t('supervision.sessions.noPast')}</p>;
  return <ul className={styles.list}>{data.map((session) => <PastSession key={session.id} session={session} path={`/supervision/sessions/${session.id}/notes`} />)}</ul>;
}

export function PastSession({ session, path }: { session: SupervisionSessionView; path: string }): ReactElement {
  const { t } = useTranslation();
  const { track, state, debrief, supervisorName, heldAt, plannedAt, hasNotes } = session;
  return (
    <li className={styles.line}>
      <span>{debrief ? t('mySupervision.debriefed') : t(`track.${track}`)}</span>
      <span>{t(`mySupervision.state.${state}`)}</span>
      <span className={styles.facts}>{t('mySupervision.with', { name: supervisorName, time: dayAndTime(heldAt ?? plannedAt) })}</span>
      {hasNotes && <Notes path={path} />}
    </li>
  );
}
