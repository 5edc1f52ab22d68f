import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineItemView } from '../../dispatch/contract.js';
import { queries } from '../api/queries.js';
import { language } from '../i18n.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { elapsed, stepTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import styles from './request.module.css';
import { folded, lineKey, wordKey } from './timeline-words.js';

const SHOWN = 40;

/** Every step, who, when, how long after the one before; the newest on top. */
export function Timeline({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const { data: items, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(queries.timeline(id));
  const lines = folded(items ?? []);
  const hidden = all ? 0 : Math.max(0, lines.length - SHOWN);
  return (
    <section className={styles.section} aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('request.timeline')}</h2>
      {error && !items && <ProblemNote fault={error} at="desk" />}
      <ol className={styles.timeline}>
        {lines.slice(hidden).map(({ item, before }, index) => <Step key={hidden + index} item={item} before={before} />).toReversed()}
      </ol>
      {hidden > 0 && <button type="button" className={styles.why} onClick={() => setAll(true)}>{t('request.earlier', { count: hidden })}</button>}
      {hidden === 0 && hasNextPage && (
        <button type="button" className={styles.why} disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t('request.stillEarlier')}</button>
      )}
    </section>
  );
}

function Step({ item, before }: { item: TimelineItemView; before: number }): ReactElement {
  const { t } = useTranslation();
  const sentence = useLine(item);
  const at = new Date(item.at);
  return (
    <li>
      <time dateTime={item.at}>{stepTime(at, new Date(serverNow()), language())}</time>
      <span>
        {sentence}
        <span className={styles.by}>
          {item.actorName ?? t(`actor.${item.actorKind}`)}
          {item.sinceLastMs >= 1000 && <> · {t('request.later', { time: elapsed(item.sinceLastMs) })}</>}
          {before > 0 && <> · {t('request.foldedBefore', { count: before })}</>}
        </span>
      </span>
    </li>
  );
}

/** The event as a sentence in the reader's language; the server's own one for an event this page does not know yet. */
function useLine(item: TimelineItemView): string {
  const { t } = useTranslation();
  const labels = useLabels();
  const words = Object.entries(item.detail).map(([name, code]) => {
    if (item.type === 'request.closed' && name === 'outcome') return [name, t(`endedHow.${code}`, { defaultValue: labels.of('outcomes', String(code)) })];
    const key = wordKey(item.type, name, code);
    return [name, key === null ? code : t([key, 'event.code'], { code: String(code).replaceAll('-', ' ') })];
  });
  const values = { ...(Object.fromEntries(words) as Record<string, string | number>), person: item.personName ?? t('actor.peer'), summary: item.summary };
  return t([lineKey(item), 'event.other'], values);
}
