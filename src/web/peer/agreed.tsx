import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TermsView } from '../../wellness/contract.js';
import { language } from '../i18n.js';
import styles from './peer.module.css';

/** Which of the limits two agreed on, until when, and the way to somebody else's look: to the peer alone, so that nobody meets it as a refusal. */
export function AgreedLimits({ terms, lookedAtAgain }: { terms: TermsView; lookedAtAgain: string | null }): ReactElement {
  const { t } = useTranslation();
  const { contactKinds, maxAcuity, buddyOnly, noNights, hoursAWeek } = terms;
  const said = [
    contactKinds && t('agreedTogether.kinds', { kinds: contactKinds.map((kind) => t(`contactKind.${kind}`)).join(', ') }),
    maxAcuity !== null && maxAcuity > 1 && t('agreedTogether.acuity', { acuity: t(`acuity.${maxAcuity as 2 | 3 | 4}`) }),
    buddyOnly && t('limits.buddyOnly'), noNights && t('limits.noNights'), hoursAWeek !== null && t('agreedTogether.hours', { count: hoursAWeek }),
  ].filter((part) => typeof part === 'string');
  return (
    <section className={styles.ownCheck} aria-labelledby="agreed-title">
      <h2 id="agreed-title" className={styles.agreedTitle}>{t('agreedTogether.title')}</h2>
      <ul className={styles.agreed}>{said.map((part) => <li key={part}>{part}</li>)}</ul>
      {lookedAtAgain && <p>{t('agreedTogether.until', { date: new Intl.DateTimeFormat(language(), { dateStyle: 'long' }).format(new Date(lookedAtAgain)) })}</p>}
      <p>{t('agreedTogether.limits')}</p>
      <p>{t('agreedTogether.appeal')} <Link to="/peer/wellness">{t('agreedTogether.more')}</Link></p>
    </section>
  );
}

/** The same for time off. */
export function AgreedLeave(): ReactElement {
  const { t } = useTranslation();
  return (
    <section className={styles.ownCheck} aria-label={t('agreedTogether.title')}>
      <p>{t('agreedTogether.leave')} <Link to="/peer/wellness">{t('agreedTogether.more')}</Link></p>
    </section>
  );
}
