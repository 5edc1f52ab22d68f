import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CheckInView, CriticalContactView, DebriefWishedView, ProgrammeCoverView } from '../../supervision/day.contract.js';
import { useAction } from '../api/actions.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import night from '../supervisor/supervisor.module.css';
import { clockTime } from '../time/format.js';
import { Elapsed, useNow } from '../time/now.js';
import { dayAndTime } from './dates.js';
import { supervisionQueries } from './queries.js';

/** Whether any peer waits for this supervisor: then nobody may say that nothing does. */
export function useNeedsMe(): boolean {
  const { data } = useQuery(supervisionQueries.day());
  return data !== undefined && [data.criticalContacts, data.checkIns, data.debriefs].some((waiting) => waiting.length > 0);
}

/** Who needs this supervisor now: first whom nobody may be offered to before they have called. */
export function NeedsMe(): ReactElement | null {
  const { t } = useTranslation();
  const { data: day, error } = useQuery(supervisionQueries.day());
  if (!day) return <ProblemNote fault={error} at="desk" />;
  const { criticalContacts, checkIns, debriefs } = day;
  return (
    <>
      {criticalContacts.length > 0 && (
        <section aria-labelledby="critical-title" className={night.section}>
          <h2 id="critical-title">{t('supervision.critical.title', { count: criticalContacts.length })}</h2>
          {criticalContacts.map((contact) => <Critical key={contact.id} contact={contact} />)}
        </section>
      )}
      {checkIns.length > 0 && (
        <section aria-labelledby="check-ins-title" className={night.section}>
          <h2 id="check-ins-title">{t('supervision.checkIn.title', { count: checkIns.length })}</h2>
          {checkIns.map((checkIn) => <CheckIn key={checkIn.id} checkIn={checkIn} />)}
        </section>
      )}
      {debriefs.length > 0 && (
        <section aria-labelledby="debriefs-title" className={night.section}>
          <h2 id="debriefs-title">{t('supervision.debrief.title')}</h2>
          {debriefs.map((debrief) => <Debrief key={debrief.id} debrief={debrief} />)}
        </section>
      )}
    </>
  );
}

function Critical({ contact: { id, name, openedAt } }: { contact: CriticalContactView }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction(() => ({ path: `/supervision/critical-contacts/${id}/contacted` }));
  return (
    <article className={night.own} data-tone="act" aria-label={t('supervision.critical.of', { name })}>
      <header className={night.ownHead}>
        <h3>{t('supervision.critical.of', { name })}</h3>
        <span>{t('supervision.critical.since')} <Elapsed since={openedAt} /></span>
      </header>
      <p>{t('supervision.critical.help')}</p>
      <ProblemNote fault={error} at="desk" />
      <div className={night.acts}><Button h={44} loading={isPending} onClick={() => mutate()}>{t('supervision.critical.contacted')}</Button></div>
    </article>
  );
}

const CHECK_IN_EARLY_MS = 12 * 3_600_000;

function CheckIn({ checkIn: { id, name, number, of, dueAt, tries } }: { checkIn: CheckInView }): ReactElement {
  const { t } = useTranslation();
  const now = useNow();
  const due = Date.parse(dueAt);
  const record = useAction<unknown, 'done' | 'not-reached'>((outcome) => ({ path: `/supervision/check-ins/${id}`, body: { outcome } }));
  const time = clockTime(new Date(due), new Date(now), language());
  return (
    <article className={night.own} data-tone={due <= now ? 'soon' : undefined} aria-label={t('supervision.checkIn.of', { name })}>
      <header className={night.ownHead}>
        <h3>{t('supervision.checkIn.of', { name })}</h3>
        <span className={night.deadline}>{t(due <= now ? 'supervision.checkIn.dueSince' : 'supervision.checkIn.due', { time })}</span>
      </header>
      <p>{t('supervision.checkIn.number', { number, of })} {tries > 0 && t('supervision.checkIn.tried', { count: tries })}</p>
      <ProblemNote fault={record.error} at="desk" />
      {due - now <= CHECK_IN_EARLY_MS && (
        <div className={night.acts}>
          <Button h={44} loading={record.isPending} onClick={() => record.mutate('done')}>{t('supervision.checkIn.done')}</Button>
          <Button h={44} variant="default" disabled={record.isPending} onClick={() => record.mutate('not-reached')}>{t('supervision.checkIn.notReached')}</Button>
        </div>
      )}
    </article>
  );
}

function Debrief({ debrief: { personId, name, dueAt } }: { debrief: DebriefWishedView }): ReactElement {
  const { t } = useTranslation();
  const late = Date.parse(dueAt) <= useNow();
  return (
    <article className={night.own} data-tone="soon" aria-label={t('supervision.debrief.of', { name })}>
      <header className={night.ownHead}>
        <h3>{t('supervision.debrief.of', { name })}</h3>
        <span className={night.deadline}>{t(late ? 'supervision.debrief.late' : 'supervision.debrief.by', { time: dayAndTime(dueAt) })}</span>
      </header>
      <p>{t('supervision.debrief.help')}</p>
      <Link className={night.quiet} to={`/supervisor/peers/${personId}`}>{t('supervision.debrief.open')}</Link>
    </article>
  );
}

/** Who covers, how many peers each stands behind, and the ways to what needs no hurry. */
export function CoverAndWays(): ReactElement | null {
  const { t } = useTranslation();
  const { data: day } = useQuery(supervisionQueries.day());
  if (!day) return null;
  const dues = day.peers.flatMap(({ dues: each }) => each).filter(({ standing }) => standing === 'due' || standing === 'overdue').length;
  const long = day.peers.filter(({ longOnDuty }) => longOnDuty);
  const unrecorded = day.sessions.filter(({ plannedAt }) => plannedAt < day.at).length;
  return (
    <section aria-labelledby="ways-title" className={night.section}>
      <h2 id="ways-title">{t('supervision.ways.title')}</h2>
      <p><Link className={night.quiet} to="/supervisor/peers">{t('supervision.ways.peers', { count: day.peers.length })}</Link></p>
      {long.length > 0 && <p className={night.warn}>{t('supervision.ways.long', { names: long.map(({ name }) => name).join(', ') })}</p>}
      {dues > 0 && <p className={night.warn}>{t('supervision.ways.due', { count: dues })}</p>}
      {unrecorded > 0 && <p className={night.warn}>{t('supervision.ways.unrecorded', { count: unrecorded })}</p>}
      <h2>{t('supervision.cover.title')}</h2>
      {day.cover.map((cover) => <Cover key={cover.programmeId} cover={cover} />)}
    </section>
  );
}

function Cover({ cover: { name, supervisors, supervisorsThere, peersWithSomebody, peersPerSupervisor, ratioReached, ratioEnforced, endsSoon } }: { cover: ProgrammeCoverView }): ReactElement {
  const { t } = useTranslation();
  const who = supervisors.map((each) => `${each.name} (${t(`supervision.cover.${each.source}`)})`).join(', ');
  return (
    <div className={night.facts}>
      <p><strong>{name}</strong></p>
      <p>{supervisors.length > 0 ? who : t('people.noSupervisor')}</p>
      <p className="pd-dim">{t('supervision.cover.ratio', { peers: peersWithSomebody, supervisors: supervisorsThere, limit: peersPerSupervisor })}</p>
      {ratioReached && supervisors.length > 0 && <p className={night.warn}>{t(ratioEnforced ? 'supervision.cover.full' : 'supervision.cover.over')}</p>}
      {endsSoon && <p className={night.warn}>{t('supervision.cover.endsSoon')}</p>}
    </div>
  );
}
