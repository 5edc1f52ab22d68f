import { Button } from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandOverFactsView, HandOverNoteTextView, HandOverNoteView } from '../../requests/contract.js';
import { useAction } from '../api/actions.js';
import { call } from '../api/http.js';
import type { Programme } from '../api/types.js';
import { language } from '../i18n.js';
import { Icon } from '../parts/icons.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useMe } from '../shell/session.js';
import { clockTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import styles from './notes.module.css';
import { useThinWords } from './thin-cover.js';

const OPEN_MS = 60_000;

export const openNotes = () => queryOptions({
  queryKey: ['hand-over-notes'], queryFn: ({ signal }) => call<{ items: HandOverNoteView[] }>('/hand-over-notes?open=true', { signal }), select: (page) => page.items,
});

/** Notes that wait for whoever comes to the desk. They stay until somebody takes them. */
export function HandOverNotes({ programmes, programmeId }: { programmes: readonly Programme[]; programmeId: string | null }): ReactElement | null {
  const { t } = useTranslation();
  const { data: notes = [] } = useQuery(openNotes());
  const shown = notes.filter((note) => programmeId === null || note.programmeId === programmeId);
  if (shown.length === 0) return null;
  return (
    <section className={styles.notes} aria-label={t('handOver.title')}>
      {shown.map((note) => <Note key={note.id} note={note} programme={programmes.find(({ id }) => id === note.programmeId)?.name ?? t('board.aProgramme')} />)}
    </section>
  );
}

function Note({ note, programme }: { note: HandOverNoteView; programme: string }): ReactElement {
  const { t } = useTranslation();
  const { account } = useMe();
  const reading = useMutation({ mutationFn: () => call<HandOverNoteTextView>(`/hand-over-notes/${note.id}`), gcTime: 0 });
  const { data, reset } = reading;
  const taking = useAction(() => ({ path: `/hand-over-notes/${note.id}/take` }));
  useEffect(() => {
    if (!data) return undefined;
    const timer = setTimeout(reset, OPEN_MS);
    return () => clearTimeout(timer);
  }, [data, reset]);
  const own = note.writtenBy === account.id;
  return (
    <article className={styles.note}>
      <div className={styles.line}>
        <Icon name="note" />
        <p>
          <strong>{t('handOver.from', { name: note.writtenByName })}</strong>{' '}
          <span className="pd-dim">{programme} · <time dateTime={note.writtenAt}>{clockTime(new Date(note.writtenAt), new Date(serverNow()), language())}</time></span>{' '}
          <Facts facts={note.facts} />
        </p>
        <div className={styles.acts}>
          {data
            ? <Button variant="default" size="compact-md" onClick={reset}>{t('handOver.close')}</Button>
            : <Button variant="default" size="compact-md" leftSection={<Icon name="lock" size={14} />} loading={reading.isPending} onClick={() => reading.mutate()}>{t('handOver.read')}</Button>}
          {own
            ? <span className="pd-dim">{t('handOver.waits')}</span>
            : <Button size="compact-md" loading={taking.isPending} onClick={() => taking.mutate()}>{t('handOver.take')}</Button>}
        </div>
      </div>
      {data && <p className={styles.text} data-sealed>{data.text ?? <span className="pd-dim">{t('handOver.gone')}</span>}</p>}
      <ProblemNote fault={reading.error ?? taking.error} />
    </article>
  );
}

/** "12 open: 4 waiting, 7 with a peer, 1 planned · escalated: #12 imminent danger (in hand) · Spanish after 00:00" */
export function Facts({ facts }: { facts: HandOverFactsView }): ReactElement {
  const { t } = useTranslation();
  const thinWords = useThinWords();
  const escalated = facts.escalations.map(({ number, cause, taken }) => t(taken ? 'handOver.escalationTaken' : 'handOver.escalationOpen', { number, cause: t(`cause.${cause}`) }));
  return (
    <span className={styles.facts}>
      {t('handOver.counts', { open: facts.open, waiting: facts.waiting, led: facts.led, planned: facts.planned })}
      {escalated.length > 0 && <> · {escalated.join(', ')}</>}
      {facts.thin.length > 0 && <> · {facts.thin.map((each) => thinWords(each)).join(', ')}</>}
    </span>
  );
}
