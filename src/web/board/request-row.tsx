import { memo, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StaffRequestView } from '../../dispatch/contract.js';
import { useLabels } from '../parts/labels.js';
import { Urgency } from '../parts/urgency.js';
import { Elapsed } from '../time/now.js';
import styles from './board.module.css';
import { NextStep } from './next-step.js';

/** One open request on one line: how urgent, what kind, how long, what next. The whole line opens it. */
export const RequestRow = memo(function RequestRow({ request }: { request: StaffRequestView }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const act = request.escalation !== null && request.escalation.acknowledgedAt === null && request.escalation.closedAt === null;
  return (
    <li className={styles.row} data-act={act || undefined}>
      <Link to={`/requests/${request.id}`} className={styles.rowLink} data-row>
        <span className={styles.cellUrgency}><Urgency level={request.effectiveUrgency} act={act} /></span>
        <span className={styles.cellKind}>{t(`contactKind.${request.contactKind}`)}</span>
        <span className={styles.cellLanguage}>{labels.of('languages', request.language)}</span>
        <span className={styles.cellArea}>{request.area ?? <span className="pd-dim">{t('board.noArea')}</span>}</span>
        <span className={styles.cellWaiting}>
          <span className="pd-dim">{t('board.waiting')}</span> <Elapsed since={request.receivedAt} />
        </span>
        <span className={styles.cellNext}>
          {request.ask.length > 0 && <span className={styles.ask}>{t('board.ask')}</span>}
          <NextStep request={request} />
        </span>
      </Link>
    </li>
  );
});
