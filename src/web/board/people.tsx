import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardPersonView, BoardView } from '../../dispatch/contract.js';
import { language } from '../i18n.js';
import { clockTime } from '../time/format.js';
import { Elapsed, useNow } from '../time/now.js';
import styles from './board.module.css';
import { SupervisorDuty } from './supervisor-duty.js';

const ORDER = { free: 0, asked: 1, 'with-someone': 2, leaving: 3 } as const;

/** Who can be asked, and what they are doing. Never why somebody is not here. */
export function People({ board }: { board: Pick<BoardView, 'people'> }): ReactElement {
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
  return (
    <li className={styles.person} data-state={person.state}>
      <span className={styles.personName}>{person.name}</span>
      <span className={styles.personState}>
        <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><circle cx="5" cy="5" r="3.8" /></svg>
        {person.as === 'supervisor' ? t(`mode.${person.mode}`) : t(`personState.${person.state}`)}
        {person.stateSince !== null && person.as === 'peer' && <> <Elapsed since={person.stateSince} /></>}
      </span>
      <span className={styles.personUntil}>{person.until === null ? t('people.onList') : <Until at={person.until} />}</span>
    </li>
  );
}

function Until({ at }: { at: string }): ReactElement {
  const { t } = useTranslation();
  const now = useNow();
  return <time dateTime={at}>{t('people.until', { time: clockTime(new Date(at), new Date(now), language()) })}</time>;
}
