import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { StaffRequestView } from '../../dispatch/contract.js';
import { queries } from '../api/queries.js';
import { HonestState } from '../board/honest-state.js';
import { NextStep } from '../board/next-step.js';
import { EscalationSteps } from '../parts/confirm-contact.js';
import { Icon } from '../parts/icons.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Script } from '../parts/script.js';
import { SealedContact } from '../parts/sealed-contact.js';
import { Urgency } from '../parts/urgency.js';
import { AccountMenu } from '../shell/account-menu.js';
import { DemoBadge } from '../shell/demo-badge.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import '../styles/desk.css';
import { Elapsed } from '../time/now.js';
import { RequestActs } from './acts.js';
import { Facts } from './facts.js';
import { Lead, Offers } from './offers.js';
import styles from './request.module.css';
import { Timeline } from './timeline.js';
import { Triage } from './triage.js';

export function RequestPage(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const { id = '' } = useParams();
  const { data: request, error, dataUpdatedAt, refetch } = useQuery(queries.request(id));
  useTitle(t('request.title'), me);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Link to="/board" className={styles.back}><Icon name="back" />{t('request.back')}</Link>
        <DemoBadge demo={me.organisation?.demo} />
        <span className={styles.push} />
        <AccountMenu />
      </header>
      {request && <HonestState updatedAt={dataUpdatedAt} failing={error !== null} degraded={[]} onRetry={() => void refetch()} />}
      <main>
        {request ? <Body request={request} /> : <div className={styles.absent}>{error ? <ProblemNote fault={error} /> : <p className="pd-dim" aria-busy="true">{t('page.loading')}</p>}</div>}
      </main>
    </div>
  );
}

const OVER = new Set(['ended', 'closed', 'cancelled']);

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
          <Urgency level={request.effectiveUrgency} act={mustAct} />
          <span>{t(`requestState.${request.state}`)}</span>
          {open && <span>{t('board.waiting')} <strong><Elapsed since={request.receivedAt} /></strong></span>}
          {request.possibleDuplicateOf !== null && <Link to={`/requests/${request.possibleDuplicateOf}`}>{t('request.duplicate')}</Link>}
        </p>
        {open && <RequestActs request={request} />}
      </div>
      {escalation && escalation.closedAt === null && (
        <section className={styles.escalation} data-tone={mustAct ? 'act' : 'soon'} aria-labelledby="escalation-title">
          <div className={styles.escalationHead}>
            <h2 id="escalation-title">{t(`cause.${escalation.cause}`)}</h2>
            <p>
              {t(mustAct ? 'alarm.nobodyHasIt' : 'alarm.inHand')} <Elapsed since={escalation.acknowledgedAt ?? escalation.openedAt} />
              {mustAct && escalation.pagesSent > 0 && <> · {t('alarm.pages', { count: escalation.pagesSent })}</>}
            </p>
            <EscalationSteps escalation={escalation} />
          </div>
          {escalation.script && <Script script={escalation.script} />}
        </section>
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <Facts request={request} />
          <Triage request={request} open={open} />
          <section className={styles.section} aria-labelledby="contact-title">
            <h2 id="contact-title">{t('contact.title')}</h2>
            <SealedContact requestId={request.id} />
          </section>
        </div>
        <div className={styles.column}>
          <Lead request={request} />
          <Offers offers={request.offers} />
        </div>
        <div className={styles.column}><Timeline id={request.id} /></div>
      </div>
    </>
  );
}
