import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardPersonView } from '../../dispatch/contract.js';
import type { HandingOverView, TeamView } from '../../dispatch/supervision.contract.js';
import { language } from '../i18n.js';
import { clockTime } from '../time/format.js';
import { Elapsed, Left, useNow } from '../time/now.js';
import { RequestLine } from './request-line.js';
import styles from './supervisor.module.css';

const ORDER = { 'with-someone': 0, leaving: 1, asked: 2, free: 3 } as const;

/** Who serves in my programmes now and what they are doing. Never why somebody is not here. */
export function Team({ team }: { team: TeamView }): ReactElement {
  const { t } = useTranslation();
  const peers = team.people.filter((person) => person.as === 'peer').toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || a.name.localeCompare(b.name));
  const supervisors = team.people.filter((person) => person.as === 'supervisor');
  return (
    <>
      <section aria-labelledby="team-title" className={styles.section}>
        <h2 id="team-title">{t('supervise.team', { count: peers.length })}</h2>
        {peers.length === 0 && <p className="pd-dim">{t('supervise.nobodyOnDuty')}</p>}
        <ul className={styles.list}>{peers.map((peer) => <Person key={peer.personId} person={peer} />)}</ul>
      </section>
      <section aria-labelledby="supervisors-title" className={styles.section}>
        <h2 id="supervisors-title">{t('people.supervisors')}</h2>
        {supervisors.length === 0 && <p className={styles.warn}>{t('people.noSupervisor')}</p>}
        <ul className={styles.list}>{supervisors.map((person) => <Person key={person.personId} person={person} />)}</ul>
      </section>
    </>
  );
}

function Person({ person }: { person: BoardPersonView }): ReactElement {
  const { t } = useTranslation();
  const now = useNow();
  const asked = person.state === 'asked' && person.answerBy !== null;
  return (
    <li className={styles.person} data-state={person.as === 'peer' ? person.state : undefined}>
      <span className={styles.personName}>{person.name}</span>
      <span className={styles.personState}>
        <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><circle cx="5" cy="5" r="3.8" /></svg>
        <span>{person.as === 'supervisor' ? t(`mode.${person.mode}`) : t(`personState.${person.state}`)}</span>
        {asked && person.answerBy ? <Left until={person.answerBy} /> : person.as === 'peer' && person.stateSince !== null && <Elapsed since={person.stateSince} />}
      </span>
      <span className={styles.until}>
        {person.until === null ? t('people.onList') : <time dateTime={person.until}>{t('people.until', { time: clockTime(new Date(person.until), new Date(now), language()) })}</time>}
      </span>
    </li>
  );
}

/** Callers whom a peer stays with until somebody takes over. */
export function HandingOver({ callers }: { callers: readonly HandingOverView[] }): ReactElement | null {
  const { t } = useTranslation();
  if (callers.length === 0) return null;
  return (
    <section aria-labelledby="handing-title" className={styles.section}>
      <h2 id="handing-title">{t('supervise.handingOver')}</h2>
      {callers.map((caller) => (
        <article key={caller.assignmentId} className={styles.own} data-tone="soon" aria-label={t('supervise.lead.handing-over', { name: caller.peerName })}>
          <header className={styles.ownHead}>
            <h3>{t('supervise.lead.handing-over', { name: caller.peerName })}</h3>
            <Elapsed since={caller.since} />
          </header>
          <div className={styles.facts}><RequestLine request={caller} /></div>
          <Link className={styles.quiet} to={`/requests/${caller.requestId}`}>{t('supervise.openRequest')}</Link>
        </article>
      ))}
    </section>
  );
}
