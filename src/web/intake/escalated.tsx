import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EscalationView, StaffRequestView } from '../../dispatch/contract.js';
import { Script } from '../parts/script.js';
import styles from './intake.module.css';

/** Danger: the words to say come first, straight from the answer; everything else can wait. */
export function Escalated({ request, escalation, onDone }: { request: StaffRequestView; escalation: EscalationView; onDone: () => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <section className={styles.escalated} role="alert">
      <h3>{t(`cause.${escalation.cause}`)}</h3>
      <p className={styles.lead}>{t('intake.escalated')}</p>
      {escalation.script && <Script script={escalation.script} narrow />}
      <div className={styles.footLine}>
        <Button variant="default" onClick={onDone}>{t('intake.toBoard')}</Button>
        <Button component={Link} to={`/requests/${request.id}`} data-autofocus>{t('intake.toRequest')}</Button>
      </div>
    </section>
  );
}
