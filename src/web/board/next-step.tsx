import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffRequestView } from '../../dispatch/contract.js';
import { language } from '../i18n.js';
import { clockTime, elapsed, left } from '../time/format.js';
import { Running, useTicked } from '../time/now.js';
import styles from './board.module.css';
import { nextLine, type NextLine } from './next-line.js';

/** "asking Jo M. · 0:41 left": what happens next, and in how long. */
export function NextStep({ request }: { request: StaffRequestView }): ReactElement {
  const { t } = useTranslation();
  // As text, so that a second that changes nothing but the running time renders nothing.
  const { key, words, dueAt, tone } = JSON.parse(useTicked((now) => JSON.stringify(nextLine(request, now)))) as NextLine;
  return (
    <span className={styles.next} data-tone={tone}>
      <span>{t(`next.${key}`, words)}</span>
      {dueAt !== null && <> <Due at={dueAt} kind={key} /></>}
    </span>
  );
}

function Due({ at, kind }: { at: string; kind: string }): ReactElement {
  const { t } = useTranslation();
  const dueMs = Date.parse(at);
  const text = (now: number): string => {
    if (kind === 'begin') return t('due.at', { time: clockTime(new Date(dueMs), new Date(now), language()) });
    if (dueMs < now) return t(kind === 'overdue' || kind === 'confirm-contact' ? 'due.since' : 'due.now', { time: elapsed(now - dueMs) });
    if (kind.startsWith('asking')) return t('due.left', { time: left(dueMs - now) });
    return t('due.in', { time: left(dueMs - now) });
  };
  return <Running at={at} className={styles.due} text={text} />;
}
