import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffOfferView, StaffRequestView } from '../../dispatch/contract.js';
import { language } from '../i18n.js';
import { clockTimeWithSeconds } from '../time/format.js';
import { Elapsed, Left } from '../time/now.js';
import styles from './request.module.css';

export function Lead({ request }: { request: StaffRequestView }): ReactElement {
  const { t } = useTranslation();
  const { assignment } = request;
  return (
    <section className={styles.section} aria-labelledby="lead-title">
      <h2 id="lead-title">{t('request.lead')}</h2>
      {assignment
        ? (
          <p className={styles.lead}>
            <strong>{assignment.peerName}</strong>
            <span>{t(`assignmentState.${assignment.state}`)} {assignment.state !== 'ended' && <Elapsed since={assignment.contactMadeAt ?? assignment.acceptedAt} />}</span>
          </p>
        )
        : <p className={styles.quiet}>{t('request.noLead')}</p>}
    </section>
  );
}

export function Offers({ offers }: { offers: readonly StaffOfferView[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <section className={styles.section} aria-labelledby="offers-title">
      <h2 id="offers-title">{t('request.offers')}</h2>
      {offers.length === 0 && <p className={styles.quiet}>{t('request.noOffers')}</p>}
      <ul className={styles.offers}>
        {offers.toSorted((a, b) => b.madeAt.localeCompare(a.madeAt)).map((offer) => <Offer key={offer.id} offer={offer} />)}
      </ul>
    </section>
  );
}

function Offer({ offer }: { offer: StaffOfferView }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const total = offer.why.reduce((sum, term) => sum + term.minutes, 0);
  const minutes = (value: number): string => t('request.minutes', { value: new Intl.NumberFormat(language(), { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(value) });
  return (
    <li className={styles.offer}>
      <div className={styles.offerLine}>
        <strong>{offer.peerName}</strong>
        <span data-status={offer.status}>{t(`offerStatus.${offer.status}`)}</span>
        <span className="pd-figures pd-dim">
          {offer.status === 'pending' ? <Left until={offer.expiresAt} /> : clockTimeWithSeconds(new Date(offer.closedAt ?? offer.madeAt), language())}
        </span>
        {offer.why.length > 0 && <button type="button" className={styles.why} aria-expanded={open} onClick={() => setOpen(!open)}>{t('request.why')}</button>}
      </div>
      {open && (
        <table className={styles.terms}>
          <caption className="pd-hidden">{t('request.whyHelp')}</caption>
          <tbody>
            {offer.why.map((term) => <tr key={term.term}><th scope="row">{t([`term.${term.term}`, 'term.other'], { term: term.term })}</th><td>{minutes(term.minutes)}</td></tr>)}
          </tbody>
          <tfoot><tr><th scope="row">{t('request.total')}</th><td>{minutes(total)}</td></tr></tfoot>
        </table>
      )}
    </li>
  );
}
