import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import styles from './peer.module.css';

/** That two agreed on part of the limits, and the way to what it is: to the peer alone, so that nobody meets it as a refusal. */
export function AgreedLimits(): ReactElement {
  const { t } = useTranslation();
  return (
    <section className={styles.ownCheck} aria-label={t('agreedTogether.title')}>
      <p><strong>{t('agreedTogether.title')}</strong></p>
      <p>{t('agreedTogether.limits')} <Link to="/peer/wellness">{t('agreedTogether.more')}</Link></p>
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
