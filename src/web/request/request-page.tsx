import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { StaffRequestView } from '../../dispatch/contract.js';
import { queries } from '../api/queries.js';
import { HonestState } from '../board/honest-state.js';
import { NextStep } from '../board/next-step.js';
import { Icon } from '../parts/icons.js';
import { Failed, troubleOf } from '../parts/failed.js';
import { Urgency } from '../parts/urgency.js';
import { AccountMenu } from '../shell/account-menu.js';
import { DemoBadge } from '../shell/demo-badge.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import '../styles/desk.css';
import { Elapsed } from '../time/now.js';
import { RequestActs } from './acts.js';
import { Contact } from './contact.js';
import { EscalationOf, HelpIsThere } from './escalation.js';
import { Facts } from './facts.js';
import { FollowUps } from './follow-ups.js';
import { hasBegun } from './course.js';
import { Match } from './match.js';
import { Offers } from './offers.js';
import { People } from './people.js';
import styles from './request.module.css';
import { Timeline } from './timeline.js';
import { Triage } from './triage.js';
import { UndoCancel } from './undo-cancel.js';

export function RequestPage(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const { id = '' } = useParams();
  const look = useQuery(queries.request(id));
  const { data: request, isFetching, dataUpdatedAt, refetch } = look;
  const error = troubleOf(look);
  // Asked for on every page of the desk anyway, for its alarms.
  const { data: board } = useQuery(queries.board());
  useTitle(t('request.title'), me);
  return (
    <div className={styles.page}>
      <a href="#request" className="pd-skip">{t('request.skip')}</a>
      <header className={styles.header}>
        <Link to="/board" className={styles.back}><Icon name="back" />{t('request.back')}</Link>
        <DemoBadge demo={me.organisation?.demo} />
        <span className={styles.push} />
        <AccountMenu />
      </header>
      <div className={styles.bar} data-busy={isFetching || undefined} />
      {request && <HonestState updatedAt={dataUpdatedAt} failing={error !== null} degraded={board?.degraded ?? []} onRetry={() => void refetch()} />}
      <main id="request" tabIndex={-1}>
        {request ? <Body request={request} /> : <Absent fault={error} onRetry={() => void refetch()} />}
      </main>
    </div>
  );
}

function Absent({ fault, onRetry }: { fault: Error | null; onRetry: () => void }): ReactElement {
  const { t } = useTranslation();
  if (!fault) return <div className={styles.absent}><p className="pd-dim" aria-busy="true">{t('page.loading')}</p></div>;
  return (
    <div className={styles.absent}>
      <h1>{t('request.title')}</h1>
      <Failed fault={fault} at="desk" onRetry={onRetry} />
      <p><Link to="/board">{t('intake.toBoard')}</Link></p>
    </div>
  );
}

export const OVER: ReadonlySet<string> = new Set(['ended', 'closed', 'cancelled']);

function Body({ request }: { request: StaffRequestView }): ReactElement {
  const { t } = useTranslation();
  const { escalation } = request;
  const open = !OVER.has(request.state);
  const mustAct = escalation !== null && escalation.closedAt === null && escalation.acknowledgedAt === null;
  return (
    <>
      <div className={styles.top}>
        <h1 className={styles.nextStep}><span className="pd-hidden">{t('request.nextStep')}</span><NextStep request={request} /></h1>
        <p className={styles.state}>
          <strong className="pd-figures">{t('request.number', { number: request.number })}</strong>
          <Urgency level={request.effectiveUrgency} act={mustAct} />
          {open && <span>{t(`requestState.${request.state}`)}</span>}
          {open && <span>{t('board.waiting')} <strong><Elapsed since={request.receivedAt} /></strong></span>}
          {request.possibleDuplicateOf !== null && <Link to={`/requests/${request.possibleDuplicateOf}`}>{t('request.duplicate')}</Link>}
        </p>
        {open && <RequestActs request={request} />}
      </div>
      {request.undoUntil !== null && <UndoCancel id={request.id} until={request.undoUntil} />}
      {escalation?.contactConfirmedBy && <HelpIsThere escalation={escalation} />}
      {escalation && escalation.closedAt === null && <EscalationOf escalation={escalation} mustAct={mustAct} />}
      <div className={styles.columns}>
        <div className={styles.column}>
          <Triage request={request} open={open} />
          <Facts request={request} />
          <Contact request={request} />
        </div>
        <div className={styles.column}>
          <People request={request} open={open} />
          <Offers requestId={request.id} offers={request.offers} open={open} />
          {open && hasBegun(request) && <Match request={request} />}
          {!open && <FollowUps request={request} />}
        </div>
        <div className={styles.column}><Timeline id={request.id} /></div>
      </div>
    </>
  );
}
