import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardPersonView, BoardView, StaffRequestView } from '../../dispatch/contract.js';
import { queries } from '../api/queries.js';
import type { Programme } from '../api/types.js';
import { language } from '../i18n.js';
import { callingWords } from '../parts/calling.js';
import { useLabels } from '../parts/labels.js';
import { NewVersion } from '../parts/new-version.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { clockTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import { isPlanned } from './filter.js';
import { MOST } from './more-open.js';
import styles from './print-sheet.module.css';

/** The desk on paper, for when the screens are dark: who is there and how they are reached, and every open request by its number. Nothing sealed. */
export function PrintSheet(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const whole = useQuery(queries.board(MOST));
  // What the board holds already, for when there is no server to ask for more.
  const usual = useQuery(queries.board());
  const { data: board, dataUpdatedAt } = whole.data ? whole : usual;
  const { error } = whole;
  const more = board !== undefined && board.openTotal > board.requests.length;
  const { data: programmes = [] } = useQuery(queries.programmes());
  useTitle(t('print.title'), me);
  const moment = (at: number): string => new Intl.DateTimeFormat(language(), { dateStyle: 'full', timeStyle: 'medium', hourCycle: 'h23' }).format(new Date(at));
  return (
    <div className={styles.page}>
      <nav className={styles.bar}>
        <Link to="/board">{t('print.back')}</Link>
        <Button size="sm" disabled={!board || (more && whole.isPending)} onClick={() => window.print()}>{t('print.print')}</Button>
      </nav>
      <div className={styles.unprinted}><NewVersion /></div>
      {/* Its tables may be wider than a phone, and whoever has keys only must be able to scroll them. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <main className={styles.sheet} tabIndex={0}>
        <header className={styles.head}>
          <h1>{t('print.title')}</h1>
          <p>
            <strong>{me.organisation?.name ?? t('product')}</strong>
            {me.organisation?.demo && <span className={styles.demo}>{t('demo.badge')}: {t('demo.help')}</span>}
          </p>
          {board && <p>{t('print.asOf', { time: moment(dataUpdatedAt) })}{error !== null && ` ${t('print.notNow')}`}</p>}
          {more && <p><strong>{t('print.more', { shown: board.requests.length, total: board.openTotal })}</strong></p>}
        </header>
        {!board && (error ? <ProblemNote fault={error} /> : <p aria-busy="true">{t('page.loading')}</p>)}
        {board && programmes.map((programme) => <OneProgramme key={programme.id} board={board} programme={programme} />)}
      </main>
    </div>
  );
}

function OneProgramme({ board, programme }: { board: BoardView; programme: Programme }): ReactElement {
  const { t } = useTranslation();
  const here = board.people.filter(({ programmeIds }) => programmeIds.includes(programme.id));
  const requests = board.requests.filter(({ programmeId }) => programmeId === programme.id).toSorted((a, b) => a.number - b.number);
  return (
    <section className={styles.programme}>
      <h2>{programme.name}</h2>
      <p>{t('print.reach', { instruction: callingWords({ ...programme, callingInstruction: programme.callingInstruction ?? t('print.noInstruction') }) })}</p>
      <h3>{t('print.supervisors')}</h3>
      <People people={here.filter((person) => person.as === 'supervisor')} empty={t('print.noSupervisors')} />
      <h3>{t('print.peers')}</h3>
      <People people={here.filter((person) => person.as === 'peer').toSorted((a, b) => a.name.localeCompare(b.name))} empty={t('print.noPeers')} />
      <h3>{t('print.requests', { count: requests.length })}</h3>
      <Requests requests={requests} />
    </section>
  );
}

function People({ people, empty }: { people: readonly BoardPersonView[]; empty: string }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  if (people.length === 0) return <p className={styles.empty}>{empty}</p>;
  return (
    <table className={styles.table}>
      <thead><tr><th scope="col">{t('print.name')}</th><th scope="col">{t('print.until')}</th><th scope="col">{t('print.takes')}</th><th scope="col">{t('print.now')}</th></tr></thead>
      <tbody>
        {people.map((person) => (
          <tr key={`${person.as}-${person.personId}`}>
            <th scope="row">{person.name}</th>
            <td>{person.until === null ? t('people.onList') : clock(person.until)}</td>
            <td>{[...person.contactKinds.map((each) => t(`contactKind.${each}`)), ...person.languages.map((each) => labels.of('languages', each))].join(', ')}</td>
            <td>{person.as === 'supervisor' ? t(`mode.${person.mode}`) : t(`personState.${person.state}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Requests({ requests }: { requests: readonly StaffRequestView[] }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  if (requests.length === 0) return <p className={styles.empty}>{t('print.noRequests')}</p>;
  const leader = ({ assignment, escalation }: StaffRequestView): string =>
    assignment?.peerName ?? (escalation?.closedAt === null && escalation.acknowledgedByName ? t('print.heldBy', { name: escalation.acknowledgedByName }) : '–');
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('print.number')}</th><th scope="col">{t('print.urgency')}</th><th scope="col">{t('print.state')}</th><th scope="col">{t('print.kind')}</th>
          <th scope="col">{t('print.since')}</th><th scope="col">{t('print.leads')}</th><th scope="col">{t('print.done')}</th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <tr key={request.id}>
            <th scope="row">#{request.number}</th>
            <td className={styles.short}>{request.effectiveUrgency} {t(`acuity.${request.effectiveUrgency}`)}</td>
            <td>{t(`requestState.${request.state}`)}{request.escalation?.closedAt === null && `: ${t(`cause.${request.escalation.cause}`)}`}</td>
            <td>{[t(`contactKind.${request.contactKind}`), labels.of('languages', request.language), request.area].filter(Boolean).join(', ')}</td>
            <td className={styles.short}>{isPlanned(request) && request.notBefore !== null ? t('print.from', { time: clock(request.notBefore) }) : clock(request.receivedAt)}</td>
            <td>{leader(request)}</td>
            <td className={styles.box} aria-hidden="true">☐</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function clock(at: string): string {
  return clockTime(new Date(at), new Date(serverNow()), language());
}
