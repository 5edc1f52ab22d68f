import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TermsView } from '../../wellness/contract.js';
import { Terms } from '../wellness/words.js';
import styles from './peer.module.css';

/** Which part of the limits two agreed on: to the peer alone, so that nobody meets it as a refusal. */
export function AgreedLimits({ terms }: { terms: TermsView }): ReactElement {
  const { t } = useTranslation();
  return (
    <section className={styles.ownCheck} aria-label={t('wellness.agreed.title')}>
      <p><strong>{t('wellness.agreed.title')}</strong></p>
      <p><Terms terms={terms} /></p>
      <p>{t('wellness.agreed.limits')} <Link to="/peer/wellness">{t('wellness.agreed.more')}</Link></p>
    </section>
  );
}

/** The same for time off. */
export function AgreedLeave(): ReactElement {
  const { t } = useTranslation();
  return (
    <section className={styles.ownCheck} aria-label={t('wellness.agreed.title')}>
      <p>{t('wellness.agreed.leave')} <Link to="/peer/wellness">{t('wellness.agreed.more')}</Link></p>
    </section>
  );
}
