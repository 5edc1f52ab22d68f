import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffRequestView } from '../../dispatch/contract.js';
import { clockTime, elapsed, left } from '../time/format.js';
import { useNow } from '../time/now.js';
import { language } from '../i18n.js';
import { nextLine } from './next-line.js';
import styles from './board.module.css';

/** "asking Jo M. · 0:41 left": what happens next, and in how long. */
export function NextStep({ request }: { request: StaffRequestView }): ReactElement {
  const { t } = useTranslation();
  const now = useNow();
  const { key, words, dueAt, tone } = nextLine(request, now);
  return (
    <span className={styles.next} data-tone={tone}>
      <span>{t(`next.${key}`, words)}</span>
      {dueAt !== null && <> <Due at={dueAt} now={now} kind={key} /></>}
    </span>
  );
}

function Due({ at, now, kind }: { at: string; now: number; kind: string }): ReactElement {
  const { t } = useTranslation();
  const dueMs = Date.parse(at);
  const text = (): string => {
    if (kind === 'begin') return t('due.at', { time: clockTime(new Date(dueMs), new Date(now), language()) });
    if (dueMs < now) return t(kind === 'overdue' || kind === 'confirm-contact' ? 'due.since' : 'due.now', { time: elapsed(now - dueMs) });
    if (kind.startsWith('asking')) return t('due.left', { time: left(dueMs - now) });
    return t('due.in', { time: left(dueMs - now) });
  };
  return <time dateTime={at} className={styles.due}>{text()}</time>;
}
