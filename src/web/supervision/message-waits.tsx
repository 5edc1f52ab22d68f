import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { wellnessQueries } from '../wellness/queries.js';
import styles from './supervision.module.css';

/** The words of any message, and the way behind the door; what it is about shows only there. */
export function MessageWaits(): ReactElement | null {
  const { t } = useTranslation();
  const { data: waits = false } = useQuery(wellnessQueries.waiting());
  return waits ? <p className={styles.message}><Link to="/supervisor/cases">{t('ownInbox.open')}</Link></p> : null;
}
