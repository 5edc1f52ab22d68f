import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSyncExternalStore } from 'react';
import { useLive } from '../live/live.js';
import { language } from '../i18n.js';
import { clockTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import styles from './board.module.css';

/** Says when the page may be behind, since when, what still works, and which part of the system is not well. */
export function HonestState({ updatedAt, failing, degraded, onRetry }: { updatedAt: number; failing: boolean; degraded: readonly string[]; onRetry: () => void }): ReactElement | null {
  const { t } = useTranslation();
  const live = useLive();
  const online = useOnline();
  const since = clockTime(new Date(updatedAt), new Date(serverNow()), language());
  const line = (): string | null => {
    if (!online) return t('state.offline', { time: since });
    if (failing) return t('state.stale', { time: since });
    return live.kind === 'lost' ? t('state.notLive', { time: since }) : null;
  };
  const text = line();
  if (text === null && degraded.length === 0) return null;
  return (
    <div className={styles.honest} role="status">
      {text !== null && <p>{text} <Button variant="default" size="compact-xs" onClick={onRetry}>{t('page.retry')}</Button></p>}
      {degraded.map((part) => <p key={part}>{t([`degraded.${part}`, 'degraded.other'], { part })}</p>)}
    </div>
  );
}

export function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('online', listener);
      window.addEventListener('offline', listener);
      return () => {
        window.removeEventListener('online', listener);
        window.removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
  );
}
