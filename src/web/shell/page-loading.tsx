import { Button, Loader } from '@mantine/core';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { KEPT_ACCEPT } from '../peer/kept-accept.js';
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

const LONGEST_WAIT_MS = 30_000;

/** Tries again by itself, at once when the network says that it is back, and ever less often while it does not. */
export function PageUnreachable({ onRetry }: { onRetry: () => void }): ReactElement {
  const { t } = useTranslation();
  const retry = useRef(onRetry);
  useEffect(() => {
    retry.current = onRetry;
  });
  useEffect(() => {
    let waitMs = 2_000;
    let timer: ReturnType<typeof setTimeout>;
    const again = (): void => {
      if (document.visibilityState === 'visible') retry.current();
    };
    const later = (): void => {
      timer = setTimeout(() => {
        again();
        waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
        later();
      }, waitMs);
    };
    later();
    window.addEventListener('online', again);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', again);
      document.removeEventListener('visibilitychange', again);
    };
  }, []);
  return (
    <main className={styles.centre}>
      <h1 className={styles.faultTitle}>{t('page.unreachable')}</h1>
      <p className="pd-dim">{t('page.unreachableHelp')}</p>
      {localStorage.getItem(KEPT_ACCEPT) !== null && <p role="status">{t('peer.keptLine')}</p>}
      <Button onClick={onRetry}>{t('page.retry')}</Button>
    </main>
  );
}
