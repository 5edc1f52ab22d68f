import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DueView, ExposureView, SupervisedPeerView } from '../../supervision/day.contract.js';
import { language } from '../i18n.js';
import { Shown } from '../parts/shown.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { clockTime } from '../time/format.js';
import { useNow } from '../time/now.js';
import { dayOf } from './dates.js';
import { supervisionQueries } from './queries.js';
import styles from './supervision.module.css';

/** Everybody this supervisor stands behind: what is due, and how much each has had. */
export function PeersPage(): ReactElement {
  const { t } = useTranslation();
  useTitle(t('supervision.peers.title'), useMe());
  const day = useQuery(supervisionQueries.day());
  return (
    <div className={styles.page}>
      <h1>{t('supervision.peers.title')}</h1>
      <Shown asked={day}>
        {({ peers }) => (peers.length === 0 ? <p>{t('supervision.peers.none')}</p> : <ul className={styles.list}>{peers.map((peer) => <Peer key={peer.personId} peer={peer} />)}</ul>)}
      </Shown>
    </div>
  );
}

function Peer({ peer }: { peer: SupervisedPeerView }): ReactElement {
  const { t } = useTranslation();
  const waiting = peer.dues.filter(({ standing }) => standing !== 'in-time');
  return (
    <li className={`${styles.line} ${styles.day}`}>
      <Link to={`/supervisor/peers/${peer.personId}`} className={styles.open}>{peer.name}</Link>
      <span className={styles.as}>{t(`supervision.peers.as.${peer.as}`)}</span>
      <span className={styles.facts}><Figures exposure={peer.exposure} onDuty={peer.onDutySince !== null} /></span>
      {peer.longOnDuty && <span className={`${styles.facts} ${styles.soon}`}>{t('supervision.peers.longOnDuty')}</span>}
      {waiting.length > 0 && <span className={styles.facts}><Dues dues={waiting} /></span>}
    </li>
  );
}

export function Figures({ exposure: { since, contacts, minutes, heavy }, onDuty }: { exposure: ExposureView; onDuty: boolean }): ReactElement {
  const { t } = useTranslation();
  const time = clockTime(new Date(since), new Date(useNow()), language());
  return (
    <>
      {onDuty ? t('mySupervision.figures.since', { time }) : t('mySupervision.figures.lately')}
      {' '}{contacts === 0 ? t('mySupervision.figures.none') : [t('mySupervision.figures.contacts', { count: contacts }), t('mySupervision.figures.minutes', { count: minutes }), t('mySupervision.figures.heavy', { count: heavy })].join(', ')}
    </>
  );
}

export function Dues({ dues }: { dues: readonly DueView[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <ul className={styles.list}>
      {dues.map(({ track, dueAt, standing, restrictsAt }) => (
        <li key={track} className={standing === 'due' || standing === 'overdue' ? `${styles.due} ${styles.soon}` : styles.due}>
          <span>{t(`track.${track}`)}</span> <span>{t(`mySupervision.due.${standing}`, { date: dayOf(dueAt), restricts: dayOf(restrictsAt) })}</span>
        </li>
      ))}
    </ul>
  );
}
