import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineItemView } from '../../dispatch/contract.js';
import { queries } from '../api/queries.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { clockTimeWithSeconds, elapsed } from '../time/format.js';
import styles from './request.module.css';

/** Every step, who, when, how long after the one before; the newest on top. */
export function Timeline({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  const { data: items, error } = useQuery(queries.timeline(id));
  return (
    <section className={styles.section} aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('request.timeline')}</h2>
      {error && <ProblemNote fault={error} />}
      <ol className={styles.timeline}>
        {items?.toReversed().map((item, index) => <Step key={`${items.length - index}`} item={item} />)}
      </ol>
    </section>
  );
}

function Step({ item }: { item: TimelineItemView }): ReactElement {
  const { t } = useTranslation();
  const known = `event.${item.type.replace('.', '-')}`;
  return (
    <li>
      <time dateTime={item.at}>{clockTimeWithSeconds(new Date(item.at), language())}</time>
      <span>
        {t([known, 'event.other'], { summary: item.summary })}
        <span className={styles.by}>
          {item.actorName ?? t(`actor.${item.actorKind}`)}
          {item.sinceLastMs >= 1000 && <> · {t('request.later', { time: elapsed(item.sinceLastMs) })}</>}
        </span>
      </span>
    </li>
  );
}
