import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardPersonView, BoardView } from '../../dispatch/contract.js';
import { language } from '../i18n.js';
import { clockTime } from '../time/format.js';
import { Elapsed, Left, Running } from '../time/now.js';
import styles from './board.module.css';
import { FollowUpsDue } from './follow-ups-due.js';
import { PolicyNotes } from './policy-notes.js';
import { SupervisorDuty } from './supervisor-duty.js';
import { ThinCover } from './thin-cover.js';

const ORDER = { free: 0, asked: 1, 'with-someone': 2, leaving: 3 } as const;

/** Who can be asked, and what they are doing. Never why somebody is not here. */
export function People({ board }: { board: Pick<BoardView, 'people' | 'cover'> }): ReactElement {
  const { t } = useTranslation();
  const peers = board.people.filter((person) => person.as === 'peer')
    .toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || a.name.localeCompare(b.name));
  const supervisors = board.people.filter((person) => person.as === 'supervisor');
  return (
    <section className={styles.people} aria-labelledby="people-title">
      <header className={styles.paneHead}>
        <h2 id="people-title">{t('people.title', { count: peers.length })}</h2>
        <span className="pd-dim pd-figures">{t('people.free', { count: peers.filter((peer) => peer.state === 'free').length })}</span>
      </header>
      <ThinCover cover={board.cover} />
      <PolicyNotes cover={board.cover} />
      <FollowUpsDue />
      {peers.length === 0 && <p className={styles.empty}>{t('people.empty')}</p>}
      <ul className={styles.persons}>{peers.map((peer) => <Person key={peer.personId} person={peer} />)}</ul>
      <header className={styles.paneHead}><h2>{t('people.supervisors')}</h2></header>
      {supervisors.length === 0 && <p className={styles.empty} data-tone="soon">{t('people.noSupervisor')}</p>}
      <ul className={styles.persons}>{supervisors.map((person) => <Person key={person.personId} person={person} />)}</ul>
      <SupervisorDuty />
    </section>
  );
}

function Person({ person }: { person: BoardPersonView }): ReactElement {
  const { t } = useTranslation();
  const supervises = person.as === 'supervisor';
  return (
    <li className={styles.person} data-state={person.state}>
      <span className={styles.personName}>{person.name}</span>
      <span className={styles.personState}>
        <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><circle cx="5" cy="5" r="3.8" /></svg>
        {supervises ? t(`mode.${person.mode}`) : t(`personState.${person.state}`)}
        {!supervises && <Since person={person} />}
      </span>
      <span className={styles.personUntil}>{person.until === null ? t('people.onList') : <Until at={person.until} />}</span>
    </li>
  );
}

/** How much longer they may answer, how long they have been with somebody, or how long they have been free; and of several at once how many. */
function Since({ person: { state, stateSince, answerBy, load, capacity } }: { person: BoardPersonView }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {state === 'asked' && answerBy !== null ? <> <Left until={answerBy} /></> : stateSince !== null && state !== 'free' && <> <Elapsed since={stateSince} /></>}
      {capacity > 1 && load > 0 && <span className="pd-dim pd-figures"> {t('people.load', { load, capacity })}</span>}
    </>
  );
}

function Until({ at }: { at: string }): ReactElement {
  const { t } = useTranslation();
  return <Running at={at} text={(now) => t('people.until', { time: clockTime(new Date(at), new Date(now), language()) })} />;
}
