import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffOfferView, StaffRequestView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { clockTimeWithSeconds } from '../time/format.js';
import { Left } from '../time/now.js';
import { figure } from './candidate-line.js';
import { weighing } from './candidates.js';
import { useMay } from './may.js';
import { Exclude } from './exclude.js';
import styles from './request.module.css';

export function Offers({ requestId, offers, open }: { requestId: string; offers: readonly StaffOfferView[]; open: boolean }): ReactElement {
  const { t } = useTranslation();
  return (
    <section className={styles.section} aria-labelledby="offers-title">
      <h2 id="offers-title">{t('request.offers')}</h2>
      {offers.length === 0 && <p className={styles.quiet}>{t('request.noOffers')}</p>}
      <ul className={styles.offers}>
        {offers.toSorted((a, b) => b.madeAt.localeCompare(a.madeAt)).map((offer) => <Offer key={offer.id} requestId={requestId} offer={offer} open={open} />)}
      </ul>
    </section>
  );
}

function Offer({ requestId, offer, open }: { requestId: string; offer: StaffOfferView; open: boolean }): ReactElement {
  const { t } = useTranslation();
  const { coordinate } = useMay();
  const [shown, setShown] = useState(false);
  const withdraw = useAction<StaffRequestView>(() => ({ path: `/offers/${offer.id}/withdraw` }));
  const pending = offer.status === 'pending';
  return (
    <li className={styles.offer}>
      <div className={styles.offerLine}>
        <strong>{offer.peerName}</strong>
        <span data-status={offer.status}>{t(`offerStatus.${offer.status}`)}</span>
        {offer.directed && <span className="pd-dim">{t('request.directed')}</span>}
        {offer.format !== 'lead' && offer.format !== 'consult' && <span className="pd-dim">{t(`seatName.${offer.format}`)}</span>}
        <span className="pd-figures pd-dim">
          {pending ? <Left until={offer.expiresAt} /> : clockTimeWithSeconds(new Date(offer.closedAt ?? offer.madeAt), language())}
        </span>
        {offer.why.length > 0 && <button type="button" className={styles.why} aria-expanded={shown} aria-label={t('request.whyName', { name: offer.peerName })} onClick={() => setShown(!shown)}>{t('request.why')}</button>}
        {pending && coordinate && <Button size="compact-sm" variant="default" loading={withdraw.isPending} aria-label={t('request.withdrawName', { name: offer.peerName })} onClick={() => withdraw.mutate()}>{t('request.withdraw')}</Button>}
      </div>
      <ProblemNote fault={withdraw.error} at="desk" />
      {shown && <Why offer={offer} />}
      {shown && open && coordinate && <Exclude requestId={requestId} personId={offer.personId} name={offer.peerName} />}
    </li>
  );
}

function Why({ offer }: { offer: StaffOfferView }): ReactElement {
  const { t } = useTranslation();
  const terms = weighing(offer.why);
  const total = terms.reduce((sum, term) => sum + term.minutes, 0);
  const minutes = (value: number): string => t('request.minutes', { value: figure(value, 'exceptZero') });
  return (
    <table className={styles.terms}>
      <caption>{t('request.whyHelp', { version: offer.policyVersion })}</caption>
      <tbody>
        {terms.map((term) => <tr key={term.term}><th scope="row">{t([`term.${term.term}`, 'term.other'], { term: term.term })}</th><td>{minutes(term.minutes)}</td></tr>)}
      </tbody>
      <tfoot><tr><th scope="row">{t('request.total')}</th><td>{minutes(total)}</td></tr></tfoot>
    </table>
  );
}
