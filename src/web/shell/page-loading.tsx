import { Button, Loader } from '@mantine/core';
import { useEffect, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './shell.module.css';

/** Says nothing for the first moment: most pages are there before anybody could read it. */
export function PageLoading(): ReactElement {
  const { t } = useTranslation();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className={styles.centre} aria-busy="true">
      {slow && <><Loader size="sm" /><p className="pd-dim">{t('page.loading')}</p></>}
    </main>
  );
}

export function PageUnreachable({ onRetry }: { onRetry: () => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <main className={styles.centre}>
      <h1 className={styles.faultTitle}>{t('page.unreachable')}</h1>
      <p className="pd-dim">{t('page.unreachableHelp')}</p>
      <Button onClick={onRetry}>{t('page.retry')}</Button>
    </main>
  );
}
