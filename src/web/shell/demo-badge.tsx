import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './shell.module.css';

/** Demo and production cannot be confused: every page of a demo says so. */
export function DemoBadge({ demo }: { demo: boolean | undefined }): ReactElement | null {
  const { t } = useTranslation();
  return demo ? <span className={styles.demo} title={t('demo.help')}>{t('demo.badge')}</span> : null;
}
