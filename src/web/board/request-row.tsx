import { memo, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StaffRequestView } from '../../dispatch/contract.js';
import { Urgency } from '../parts/urgency.js';
import { Elapsed, serverNow } from '../time/now.js';
import { isPlanned } from './filter.js';
import styles from './list.module.css';
import { NextStep } from './next-step.js';

const FRESH_MS = 15_000;
/** Said by the contact kind, or by the time it begins. */
const SAID_OTHERWISE = new Set(['phone', 'text', 'planned']);

/** One open request on one line: how urgent, what kind, how long, what next. The whole line opens it. */
export const RequestRow = memo(function RequestRow({ request, spoken, programme }: {
  request: StaffRequestView;
  /** The language's name. */
  spoken: string;
  /** Named where the rows of several are shown. */
  programme: string | null;
}): ReactElement {
  const { t } = useTranslation();
  const { assignment, escalation } = request;
  const act = escalation !== null && escalation.acknowledgedAt === null && escalation.closedAt === null;
  // Seen when it arrives; a page that opens later shows it as any other.
  const fresh = serverNow() - Date.parse(request.receivedAt) < FRESH_MS;
  const kind = t(`contactKind.${request.contactKind}`);
  const channel = SAID_OTHERWISE.has(request.channel) ? null : t(`channel.${request.channel}`);
  const nobody = request.nextAction?.kind === 'retry' || request.nextAction?.kind === 'wait';
  return (
    <li className={styles.row} data-act={act || undefined} data-fresh={fresh || undefined}>
      <Link to={`/requests/${request.id}`} className={styles.rowLink} data-row={request.id}>
        <span className={styles.cellUrgency}><Urgency level={request.effectiveUrgency} act={act} /></span>
        <span className={styles.cellNumber}><span className="pd-hidden">{t('row.number')}</span> #{request.number}</span>
        <span className={styles.cellKind}>{kind}{channel !== null && <span className="pd-dim"> · {channel}</span>}</span>
        <span className={styles.cellLanguage}>{spoken}</span>
        <span className={styles.cellArea}>
          {request.area ?? <span className="pd-dim">{t('board.noArea')}</span>}
          {programme !== null && <span className={styles.programme}> {programme}</span>}
        </span>
        <span className={styles.cellWaiting}>
          {isPlanned(request)
            ? <span className="pd-dim">{t('row.planned')}</span>
            : <><span className="pd-dim">{t('board.waiting')}</span> <Elapsed since={request.receivedAt} /></>}
        </span>
        <span className={styles.cellNext}>
          {request.ask.length > 0 && <span className={styles.ask}>{t('board.ask')}</span>}
          {request.possibleDuplicateOf !== null && <span className={styles.hint}>{t('row.duplicate')}</span>}
          <NextStep request={request} />
          {assignment !== null && (
            <span className={styles.together}>
              {t(assignment.contactMadeAt === null ? 'row.accepted' : 'row.talking')} <Elapsed since={assignment.contactMadeAt ?? assignment.acceptedAt} />
            </span>
          )}
        </span>
      </Link>
      {nobody && <Link to={`/requests/${request.id}#why`} className={styles.why} aria-label={t('row.whyOf', { number: request.number })}>{t('row.why')}</Link>}
    </li>
  );
});
