import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ConsultView } from '../../dispatch/contract.js';
import type { EscalationAtHandView, PageToTakeView } from '../../dispatch/supervision.contract.js';
import { useAction } from '../api/actions.js';
import type { Programme } from '../api/types.js';
import { Icon } from '../parts/icons.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Script } from '../parts/script.js';
import { Elapsed } from '../time/now.js';
import type { Decision } from './decisions.js';
import { RequestLine } from './request-line.js';
import styles from './supervisor.module.css';

/** One decision: what it is, since when, what to say, and one tap that takes it. */
export function DecisionCard({ decision, programmes }: { decision: Decision; programmes: readonly Programme[] }): ReactElement {
  if (decision.kind === 'consult') return <ConsultDecision consult={decision.consult} />;
  return <PageDecision page={decision.page} programmes={programmes} />;
}

function PageDecision({ page, programmes }: { page: PageToTakeView; programmes: readonly Programme[] }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction(() => ({ path: `/${page.kind === 'escalation' ? 'escalations' : 'alarms'}/${page.id}/acknowledge` }));
  const title = useTitleOf(page, programmes);
  const requestId = page.escalation?.requestId ?? (page.alarm && page.alarm.subjectId !== page.alarm.programmeId ? page.alarm.subjectId : null);
  return (
    <article className={styles.decision} data-tone="act" aria-labelledby="decision-title">
      <div className={styles.decisionHead}>
        <Icon name="alert" size={22} />
        <div>
          <h2 id="decision-title">{title}</h2>
          <p className={styles.since}>
            <span>{t(page.escalation?.acknowledgedAt ? 'supervise.deskHasIt' : 'supervise.nobodyHasIt', { name: page.escalation?.acknowledgedByName ?? '' })}</span>
            <strong><Elapsed since={page.since} /></strong>
            {page.pagesSent > 0 && <span>{t('supervise.page', { number: page.pagesSent })}</span>}
          </p>
        </div>
      </div>
      {page.escalation && <EscalationFacts escalation={page.escalation} act />}
      {page.escalation?.script && <ScriptFold escalation={page.escalation} open={page.escalation.tier === 'partner'} />}
      <div className={styles.thumb}>
        <ProblemNote fault={error} />
        {page.escalation?.mayTake !== false && <Button color="red.7" fullWidth h={56} fz={16} loading={isPending} onClick={() => mutate()}>{t('escalation.haveThis')}</Button>}
        {requestId && <Link className={styles.quiet} to={`/requests/${requestId}`}>{t('supervise.openRequest')}</Link>}
      </div>
    </article>
  );
}

/** The cause of an escalation, or the alarm's own sentence. */
function useTitleOf(page: PageToTakeView, programmes: readonly Programme[]): string {
  const { t } = useTranslation();
  if (page.escalation) return t(`cause.${page.escalation.cause}`);
  const programme = programmes.find(({ id }) => id === page.alarm?.programmeId)?.name ?? t('board.aProgramme');
  return t(`alarm.${page.alarm?.kind ?? 'overdue'}`, { programme });
}

/** Which request it is, and who is with the person meanwhile. */
export function EscalationFacts({ escalation, act = false }: { escalation: EscalationAtHandView; act?: boolean }): ReactElement {
  const { t } = useTranslation();
  const { leadState, leadName, searchContinues } = escalation;
  return (
    <div className={styles.facts}>
      <RequestLine request={escalation} act={act} />
      <p>{leadState ? t(`supervise.lead.${leadState}`, { name: leadName ?? '' }) : t(searchContinues ? 'supervise.searchGoesOn' : 'supervise.noSearch')}</p>
    </div>
  );
}

export function ScriptFold({ escalation, open }: { escalation: EscalationAtHandView; open: boolean }): ReactElement | null {
  const { t } = useTranslation();
  const [shown, setShown] = useState(open);
  if (!escalation.script) return null;
  return (
    <div className={styles.script}>
      <button type="button" className={styles.quiet} aria-expanded={shown} onClick={() => setShown(!shown)}>{t(shown ? 'script.hide' : 'script.show')}</button>
      {shown && <Script script={escalation.script} />}
    </div>
  );
}

function ConsultDecision({ consult }: { consult: ConsultView }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction(() => ({ path: `/consults/${consult.id}/take` }));
  return (
    <article className={styles.decision} data-tone="soon" aria-labelledby="decision-title">
      <div className={styles.decisionHead}>
        <Icon name="alert" size={22} />
        <div>
          <h2 id="decision-title">{t('supervise.consult.asks', { name: consult.peerName })}</h2>
          <p className={styles.since}>
            <span>{t('supervise.consult.waiting')}</span>
            <strong><Elapsed since={consult.askedAt} /></strong>
            {consult.pagesSent > 0 && <span>{t('supervise.page', { number: consult.pagesSent })}</span>}
          </p>
        </div>
      </div>
      <div className={styles.facts}>
        <RequestLine request={consult} />
        <p>{t('supervise.consult.goesOn')}</p>
      </div>
      <div className={styles.thumb}>
        <ProblemNote fault={error} />
        <Button fullWidth h={56} fz={16} loading={isPending} onClick={() => mutate()}>{t('supervise.consult.take')}</Button>
        <Link className={styles.quiet} to={`/requests/${consult.requestId}`}>{t('supervise.openRequest')}</Link>
      </div>
    </article>
  );
}

/** What else waits, one line each; a tap brings it to the front. */
export function Others({ decisions, programmes, onChoose }: { decisions: readonly Decision[]; programmes: readonly Programme[]; onChoose: (id: string) => void }): ReactElement | null {
  const { t } = useTranslation();
  if (decisions.length === 0) return null;
  return (
    <section aria-labelledby="others-title" className={styles.section}>
      <h2 id="others-title">{t('supervise.others', { count: decisions.length })}</h2>
      <ul className={styles.list}>
        {decisions.map((decision) => (
          <li key={decision.id}><Other decision={decision} programmes={programmes} onChoose={onChoose} /></li>
        ))}
      </ul>
    </section>
  );
}

function Other({ decision, programmes, onChoose }: { decision: Decision; programmes: readonly Programme[]; onChoose: (id: string) => void }): ReactElement {
  return (
    <button type="button" className={styles.other} data-tone={decision.kind === 'page' ? 'act' : 'soon'} onClick={() => onChoose(decision.id)}>
      <span>{decision.kind === 'page' ? <PageTitle page={decision.page} programmes={programmes} /> : <ConsultTitle consult={decision.consult} />}</span>
      <Elapsed since={decision.since} />
    </button>
  );
}

function PageTitle({ page, programmes }: { page: PageToTakeView; programmes: readonly Programme[] }): ReactElement {
  return <>{useTitleOf(page, programmes)}</>;
}

function ConsultTitle({ consult }: { consult: ConsultView }): ReactElement {
  const { t } = useTranslation();
  return <>{t('supervise.consult.asks', { name: consult.peerName })}</>;
}
