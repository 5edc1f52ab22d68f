import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../live/live.js';
import { useOnline } from '../parts/online.js';
import { language } from '../i18n.js';
import { useNewVersion } from '../sw/new-version.js';
import { clockTimeWithSeconds } from '../time/format.js';
import styles from './board.module.css';

/** Says when the page may be behind, since when, what still works, which part of the system is not well, and that an old tab is old. */
export function HonestState({ updatedAt, failing, degraded, onRetry, within = false }: {
  updatedAt: number; failing: boolean; degraded: readonly string[]; onRetry: () => void;
  /** In the midst of a page that says by itself that it is old, and has no board to fall back on. */
  within?: boolean;
}): ReactElement | null {
  const { t } = useTranslation();
  const live = useLive();
  const online = useOnline();
  const outdated = useNewVersion() && !within;
  const since = clockTimeWithSeconds(new Date(updatedAt), language());
  const line = (): string | null => {
    if (!online) return t(within ? 'state.offlineHere' : 'state.offline', { time: since });
    if (failing) return t(within ? 'state.staleHere' : 'state.stale', { time: since });
    return live.kind === 'lost' ? t('state.notLive', { time: since }) : null;
  };
  const text = line();
  if (text === null && degraded.length === 0 && !outdated) return null;
  return (
    <div className={styles.honest} data-within={within || undefined} role="status">
      {text !== null && <p>{text} <Button variant="default" size="compact-xs" onClick={onRetry}>{t('page.retry')}</Button></p>}
      {outdated && <p>{t('page.outdated')}. <Button variant="default" size="compact-xs" onClick={() => window.location.reload()}>{t('page.reload')}</Button></p>}
      {degraded.map((part) => <p key={part}>{t([`degraded.${part}`, 'degraded.other'], { part })}</p>)}
    </div>
  );
}
