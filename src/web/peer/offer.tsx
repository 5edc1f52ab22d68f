import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyAssignmentView, OfferView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { ApiProblem } from '../api/problem.js';
import { queries } from '../api/queries.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote, useSentence } from '../parts/problem-note.js';
import { Urgency } from '../parts/urgency.js';
import { Left, useWhenDue } from '../time/now.js';
import styles from './peer.module.css';

/** The whole page is one question. Nothing here says who asks; that comes with accepting. */
export function Offer({ offer }: { offer: OfferView }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const client = useQueryClient();
  const sentence = useSentence();
  // The offer leaves the page with the next answer, so the kind word must outlive it.
  const failed = (fault: Error): void => {
    if (isGone(fault)) notifications.show({ message: sentence(fault), color: 'teal', autoClose: 8000 });
  };
  const accept = useAction<MyAssignmentView>(() => ({ path: `/offers/${offer.id}/accept` }), { failed });
  const decline = useAction<OfferView>(() => ({ path: `/offers/${offer.id}/decline` }), { failed });
  const fault = accept.error ?? decline.error;
  useWhenDue(offer.expiresAt, () => void client.invalidateQueries({ queryKey: queries.offers().queryKey }));
  const busy = accept.isPending || decline.isPending;
  return (
    <>
      <div className={styles.offer}>
        <p className={styles.asked}>{t('peer.asked')}</p>
        <h1 className={styles.offerHead}><Urgency level={offer.acuity} /><span className={styles.dot}>{t(`contactKind.${offer.contactKind}`)}</span></h1>
        <p className={styles.facts}>{[labels.of('languages', offer.language), offer.area].filter(Boolean).join(' · ')}</p>
        {offer.format !== 'lead' && <p>{t(`seat.${offer.format}`)}</p>}
        <p className={styles.countdown} aria-label={t('peer.timeLeft')}><Left until={offer.expiresAt} /></p>
        <p className="pd-dim">{t('peer.noBlame')}</p>
      </div>
      <div className={styles.thumb}>
        {!isGone(fault) && <ProblemNote fault={fault} />}
        <Button fullWidth h={56} fz={16} loading={accept.isPending} disabled={decline.isPending} onClick={() => accept.mutate()}>{t('peer.accept')}</Button>
        <button type="button" className={styles.quietBig} disabled={busy} onClick={() => decline.mutate()}>{t('peer.decline')}</button>
      </div>
    </>
  );
}

function isGone(fault: unknown): boolean {
  return fault instanceof ApiProblem && (fault.status === 409 || fault.status === 404);
}
