import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useOnline } from '../board/honest-state.js';
import { useLive } from '../live/live.js';
import styles from './peer.module.css';

/** Offers arrive over the line: without it a peer must know that none can. */
export function LineState(): ReactElement | null {
  const { t } = useTranslation();
  const live = useLive();
  const online = useOnline();
  if (online && live.kind !== 'lost') return null;
  return <p className={styles.line} role="status">{t(online ? 'peer.lineLost' : 'peer.offline')}</p>;
}
