import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsultView, StaffAssignmentView, StaffRequestView } from '../../dispatch/contract.js';
import { language } from '../i18n.js';
import { clockTime } from '../time/format.js';
import { Elapsed, Left, serverNow, useNow } from '../time/now.js';
import { isLookedFor } from './course.js';
import { Exclude } from './exclude.js';
import { useMay } from './may.js';
import styles from './request.module.css';

/** Who is there: the lead, and who sits beside them. */
export function People({ request, open }: { request: StaffRequestView; open: boolean }): ReactElement {
  const { t } = useTranslation();
  const { assignment, consult } = request;
  const beside = request.seats.filter(({ id }) => id !== assignment?.id);
  return (
    <section className={styles.section} aria-labelledby="lead-title">
      <h2 id="lead-title">{t('request.lead')}</h2>
      {assignment ? <Seat assignment={assignment} open={open} isLookedFor={isLookedFor(request)} /> : <p className={styles.quiet}>{t(open ? 'request.noLead' : 'request.neverLed')}</p>}
      {beside.map((seat) => <Seat key={seat.id} assignment={seat} open={open} isLookedFor={false} />)}
      {consult && <Consult consult={consult} />}
    </section>
  );
}

/** `isLookedFor`: peers are asked to take over; else it waits for help of another kind. */
function Seat({ assignment, open, isLookedFor }: { assignment: StaffAssignmentView; open: boolean; isLookedFor: boolean }): ReactElement {
  const { t } = useTranslation();
  const { coordinate } = useMay();
  const { state } = assignment;
  const since = { accepted: assignment.acceptedAt, 'en-route': assignment.enRouteAt, 'in-contact': assignment.contactMadeAt, 'handing-over': assignment.handingOverSince, ended: assignment.endedAt }[state];
  return (
    <div className={styles.seat} data-tone={state === 'handing-over' ? 'soon' : undefined}>
      <p className={styles.lead}>
        <strong>{assignment.peerName}</strong>
        {assignment.seat !== 'lead' && <span className="pd-dim">{t(`seatName.${assignment.seat}`)}</span>}
        <span>
          {t(`assignmentState.${state}`)} {since !== null && (state === 'ended' ? <time dateTime={since}>{clockTime(new Date(since), new Date(serverNow()), language())}</time> : <Elapsed since={since} />)}
        </span>
        {open && coordinate && <Exclude requestId={assignment.requestId} personId={assignment.personId} name={assignment.peerName} />}
      </p>
      {(state === 'accepted' || state === 'en-route') && <p className={styles.quiet}>{t('request.contactDue')} <Due at={assignment.contactDueAt} /></p>}
      {state === 'handing-over' && <p>{t(isLookedFor ? 'request.handingOver' : 'request.handingOverToHelp')}</p>}
      {state !== 'ended' && assignment.safetyCheckAt !== null && <p className={styles.quiet}>{t('request.safetyCheck')} <Due at={assignment.safetyCheckAt} /></p>}
    </div>
  );
}

function Due({ at }: { at: string }): ReactElement {
  const { t } = useTranslation();
  const now = useNow();
  return now > Date.parse(at) ? <strong>{t('request.overdueBy')} <Elapsed since={at} /></strong> : <Left until={at} />;
}

function Consult({ consult }: { consult: ConsultView }): ReactElement {
  const { t } = useTranslation();
  return (
    <p className={styles.consult} data-tone={consult.state === 'open' ? 'soon' : undefined}>
      {consult.state === 'taken' ? t('consultState.taken', { supervisor: consult.takenByName ?? '', name: consult.peerName }) : t('consultState.open', { name: consult.peerName })} <Elapsed since={consult.takenAt ?? consult.askedAt} />
      {consult.state === 'open' && consult.pagesSent > 0 && <> · {t('alarm.pages', { count: consult.pagesSent })}</>}
    </p>
  );
}
