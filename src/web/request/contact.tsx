import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffRequestView } from '../../dispatch/contract.js';
import { SealedContact } from '../parts/sealed-contact.js';
import styles from './request.module.css';

export function Contact({ request }: { request: StaffRequestView }): ReactElement {
  const { t } = useTranslation();
  return (
    <section className={styles.section} aria-labelledby="contact-title">
      <h2 id="contact-title">{t('contact.title')}</h2>
      {request.mayOpenContact ? <SealedContact requestId={request.id} /> : <p className={styles.quiet}>{t('contact.notYours')}</p>}
    </section>
  );
}
