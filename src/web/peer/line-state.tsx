import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import { useLive } from '../live/live.js';
import { useOnline } from '../parts/online.js';
import { useAccepting } from './accepting.js';
import styles from './peer.module.css';

/** Offers arrive over the line: without it a peer must know that none can. What they said meanwhile is not lost. */
export function LineState(): ReactElement {
  const { t } = useTranslation();
  const live = useLive();
  const online = useOnline();
  const { sending } = useAccepting();
  const { data: offers = [] } = useQuery(queries.offers());
  // Where the offer itself is on the page, it says so there.
  const kept = sending.kind === 'waiting' && !offers.some(({ id }) => id === sending.offerId);
  const lost = !online || live.kind === 'lost';
  const line = lost && t(online ? 'peer.lineLost' : 'peer.offline');
  return (
    <div role="status">
      {line && <p className={styles.line}>{line}</p>}
      {kept && <p className={styles.line}>{t('peer.keptLine')}</p>}
    </div>
  );
}
