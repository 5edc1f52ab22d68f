import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useOutlet } from 'react-router';
import { ownQueries } from '../api/own-queries.js';
import { queries } from '../api/queries.js';
import icon from '../icon.svg';
import { Notifying } from '../notify/notifying.js';
import { NewVersion } from '../parts/new-version.js';
import { Failed } from '../parts/failed.js';
import { useAwaitSound } from '../parts/sound.js';
import { DemoBadge } from '../shell/demo-badge.js';
import { LaterMenu } from '../shell/later-menu.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { useNow } from '../time/now.js';
import { Assignments } from './assignment.js';
import { HowItWas } from './how-it-was.js';
import { IsAway } from './is-away.js';
import { CheckIn } from './check-in.js';
import { OutSafe } from './field.js';
import { CloseOutForm } from './close-out.js';
import { LineState } from './line-state.js';
import { momentOf, notOutYet, type Known, type Moment } from './moment.js';
import { NoticeBar } from './notice-bar.js';
import { Offer } from './offer.js';
import styles from './peer.module.css';
import { useClosed } from './rest-state.js';
import { Rest } from './rest.js';
import { StillThere, StillThereBar } from './still-there.js';
import { useFarewells } from './use-farewells.js';
import { useTappedNotice } from './use-tapped-notice.js';
import { Waiting } from './waiting.js';

/** One question at a time, whatever page of theirs is open: an offer never waits behind another page. */
export function PeerPage(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  useTitle(t('peer.title'), me);
  useAwaitSound();
  return (
    <div className={styles.page}>
      <NewVersion />
      <header className={styles.header}>
        <Link to="/peer" className={styles.home} aria-label={t('peer.title')}><img src={icon} alt="" width={24} height={24} /></Link>
        <span className={styles.organisation}>{me.organisation?.name ?? t('product')}</span>
        <DemoBadge demo={me.organisation?.demo} />
        <span className={styles.push} />
        <LaterMenu />
      </header>
      <LineState />
      <Now />
    </div>
  );
}

function Now(): ReactElement {
  const { t } = useTranslation();
  const [duty, offers, assignments, away] = [useQuery(queries.duty()), useQuery(queries.offers()), useQuery(queries.assignments()), useQuery(ownQueries.away())];
  const nowMs = useNow();
  const loaded = duty.data && offers.data && assignments.data && away.data !== undefined;
  const known: Known | null = loaded ? { duty: duty.data.peer, offers: offers.data, assignments: assignments.data, away: away.data } : null;
  const moment = known && momentOf(known, nowMs);
  useFarewells(known, moment);
  useTappedNotice(offers.data);
  if (!known || !moment) {
    const error = duty.error ?? offers.error ?? assignments.error ?? away.error;
    const again = (): void => [duty, offers, assignments, away].forEach(({ refetch }) => void refetch());
    return <main className={styles.main}>{error ? <Failed fault={error} onRetry={again} /> : <p className="pd-dim" aria-busy="true">{t('page.loading')}</p>}</main>;
  }
  return <Shown moment={moment} known={known} />;
}

/** A question that cannot wait is alone on the screen; otherwise the page they opened, or the moment itself. */
function Shown({ moment, known }: { moment: Moment; known: Known }): ReactElement {
  const opened = useOutlet();
  const closed = useClosed();
  if (moment.kind === 'offer') return <main className={styles.main}><Offer key={moment.offer.id} offer={moment.offer} /></main>;
  if (moment.kind === 'still-there') return <main className={styles.main}><StillThere /></main>;
  const resting = closed && moment.kind !== 'with-someone' && moment.kind !== 'close-out';
  return (
    <>
      {moment.kind === 'with-someone' && known.duty?.stillHereAskedAt && <StillThereBar />}
      <NoticeBar />
      {notOutYet(known).map((each) => <OutSafe key={each.id} assignment={each} />)}
      {!opened && (moment.kind === 'on-duty' || moment.kind === 'off-duty') && !resting && <Notifying onDuty={known.duty !== null} />}
      {!opened && !resting && moment.kind !== 'with-someone' && moment.kind !== 'close-out' && <HowItWas />}
      <main className={styles.main}>
        {opened ?? (resting ? <Rest closed={closed} onDuty={known.duty !== null} /> : <TheMoment moment={moment} />)}
      </main>
    </>
  );
}

function TheMoment({ moment }: { moment: Exclude<Moment, { kind: 'offer' | 'still-there' }> }): ReactElement {
  switch (moment.kind) {
    case 'with-someone': return <Assignments live={moment.live} />;
    case 'close-out': return <CloseOutForm key={moment.assignment.id} assignment={moment.assignment} />;
    case 'on-duty': return <Waiting duty={moment.duty} />;
    case 'away': return <IsAway until={moment.until} />;
    case 'off-duty': return <CheckIn />;
  }
}
