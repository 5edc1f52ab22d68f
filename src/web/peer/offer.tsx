import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyOfferView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { ApiProblem, sentenceKeys } from '../api/problem.js';
import { queries } from '../api/queries.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Urgency } from '../parts/urgency.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { Left, useNow, useWhenDue } from '../time/now.js';
import { Lifted } from './lifted.js';
import { useAccepting } from './accepting.js';
import { useAttention } from './alert.js';
import type { Sending } from './kept-accept.js';
import { leave, say, useNotice } from './notice.js';
import { Together } from './together.js';
import styles from './peer.module.css';

/** An answer that comes so late still counts (accept grace); after it the list is asked once more. */
const GRACE_MS = 5_500;

/** The whole page is one question. Nothing here says who asks; that comes with accepting. */
export function Offer({ offer }: { offer: MyOfferView }): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sending } = useAccepting();
  const [knowing, setKnowing] = useState(false);
  useTitle(t('peer.titleAsked'), useMe());
  useAttention();
  const askAgain = (): void => void client.invalidateQueries({ queryKey: queries.offers().queryKey });
  useWhenDue(offer.expiresAt, askAgain);
  useWhenDue(new Date(Date.parse(offer.expiresAt) + GRACE_MS).toISOString(), askAgain);
  const mine = stateOf(sending, offer.id);
  return (
    <>
      <Question offer={offer} />
      {knowing
        ? <Knowing offer={offer} onBack={() => setKnowing(false)} />
        : <Answers offer={offer} sending={mine} onKnow={() => setKnowing(true)} />}
    </>
  );
}

function stateOf(sending: Sending, offerId: string): Sending['kind'] {
  if (sending.kind === 'none') return 'none';
  if (sending.offerId === offerId) return sending.kind;
  return sending.next?.includes(offerId) ? 'waiting' : 'none';
}

function Question({ offer }: { offer: MyOfferView }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const notice = useNotice();
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever hears the page instead of seeing it is told at once.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className={styles.offer}>
      {notice?.[0] === 'gone.superseded' && <p className={styles.asked}>{t('gone.superseded')}</p>}
      <p className={styles.asked}>{t('peer.asked')}</p>
      <h1 className={styles.offerHead} ref={heading} tabIndex={-1}><Urgency level={offer.acuity} /><span className={styles.dot}>{t(`contactKind.${offer.contactKind}`)}</span></h1>
      <p className={styles.facts}>{[labels.of('languages', offer.language), offer.area].filter(Boolean).join(' · ')}</p>
      {offer.format !== 'lead' && <p>{t(`seat.${offer.format}`)}</p>}
      <Together rule={offer.inPersonRule} />
      <Lifted gates={offer.lifted} />
      <p className={styles.countdown} role="timer" aria-label={t('peer.timeLeft')}><Left until={offer.expiresAt} /></p>
      <Kindly until={offer.expiresAt} />
    </div>
  );
}

function Kindly({ until }: { until: string }): ReactElement {
  const { t } = useTranslation();
  return <p className="pd-dim">{t(Date.parse(until) <= useNow() ? 'peer.lastMoment' : 'peer.noBlame')}</p>;
}

function Answers({ offer, sending, onKnow }: { offer: MyOfferView; sending: 'none' | 'sending' | 'waiting'; onKnow: () => void }): ReactElement {
  const { t } = useTranslation();
  const { accept } = useAccepting();
  const decline = useGivingBack(offer, 'decline');
  if (sending === 'waiting') return <Kept />;
  const busy = sending === 'sending' || decline.isPending;
  return (
    <div className={styles.thumb}>
      {!isGone(decline.error) && <ProblemNote fault={decline.error} />}
      <Button fullWidth h={56} fz={16} loading={sending === 'sending'} disabled={decline.isPending} onClick={() => accept(offer.id)}>{t('peer.accept')}</Button>
      <button type="button" className={styles.quietBig} disabled={busy} onClick={() => decline.mutate()}>{t('peer.decline')}</button>
      <button type="button" className={styles.quietBig} disabled={busy} onClick={onKnow}>{t('peer.mayKnow')}</button>
    </div>
  );
}

/** Said without a network: it is written down here and goes out by itself. */
function Kept(): ReactElement {
  const { t } = useTranslation();
  return (
    <div className={styles.thumb} role="status">
      <p className={styles.keptHead}>{t('peer.kept')}</p>
      <p className="pd-dim">{t('peer.keptHelp')}</p>
    </div>
  );
}

function Knowing({ offer, onBack }: { offer: MyOfferView; onBack: () => void }): ReactElement {
  const { t } = useTranslation();
  const known = useGivingBack(offer, 'known-person');
  return (
    <div className={styles.thumb}>
      <p>{t('peer.mayKnowHelp')}</p>
      {!isGone(known.error) && <ProblemNote fault={known.error} />}
      <Button fullWidth h={56} fz={16} loading={known.isPending} onClick={() => known.mutate()}>{t('peer.mayKnowYes')}</Button>
      <button type="button" className={styles.quietBig} disabled={known.isPending} onClick={onBack}>{t('common.back')}</button>
    </div>
  );
}

function useGivingBack(offer: MyOfferView, how: 'decline' | 'known-person') {
  return useAction<MyOfferView>(() => ({ path: `/offers/${offer.id}/${how}` }), {
    done: () => {
      leave(offer.id);
      say([how === 'decline' ? 'gone.declined' : 'gone.known']);
    },
    failed: (fault) => {
      if (!isGone(fault)) return;
      leave(offer.id);
      say(sentenceKeys(fault));
    },
  });
}

function isGone(fault: unknown): boolean {
  return fault instanceof ApiProblem && (fault.status === 409 || fault.status === 404) && fault.code !== 'idempotency-in-progress';
}
