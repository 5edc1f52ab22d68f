import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNewVersion } from '../sw/new-version.js';
import styles from './parts.module.css';

/** An old tab after a deploy goes on working; whoever has a moment loads the new page. */
export function NewVersion(): ReactElement | null {
  const { t } = useTranslation();
  if (!useNewVersion()) return null;
  return (
    <p className={styles.newVersion} role="status">
      {t('page.outdated')}. <button type="button" onClick={() => window.location.reload()}>{t('page.reload')}</button>
    </p>
  );
}
