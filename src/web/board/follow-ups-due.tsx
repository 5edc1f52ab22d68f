import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ownQueries } from '../api/own-queries.js';
import { language } from '../i18n.js';
import { Icon } from '../parts/icons.js';
import { clockTime } from '../time/format.js';
import { serverNow, useTicked } from '../time/now.js';
import styles from './board.module.css';

const SHOWN = 4;

/** People who were promised a call that is due by now, whoever promised it and whether they are here or not: nobody falls between two shifts. */
export function FollowUpsDue(): ReactElement | null {
  const { t } = useTranslation();
  const { data: followUps = [] } = useQuery(ownQueries.followUps());
  const count = useTicked((now) => followUps.filter(({ dueAt }) => Date.parse(dueAt) <= now).length);
  if (count === 0) return null;
  return (
    <ul className={styles.thin} aria-label={t('followUpsDue.title')}>
      {followUps.slice(0, Math.min(count, SHOWN)).map(({ id, requestId, peerName, dueAt }) => (
        <li key={id}>
          <Icon name="alert" size={14} />
          <Link to={`/requests/${requestId}`}>{t('followUpsDue.one', { name: peerName, time: clockTime(new Date(dueAt), new Date(serverNow()), language()) })}</Link>
        </li>
      ))}
      {count > SHOWN && <li>{t('followUpsDue.more', { count: count - SHOWN })}</li>}
    </ul>
  );
}
