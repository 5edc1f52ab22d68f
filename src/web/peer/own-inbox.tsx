import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { supervisionQueries } from '../supervision/queries.js';
import styles from './peer.module.css';

/** What waits for the peer themself: a word after a hard contact, and the way to what they may answer when it suits them. */
export function OwnInbox(): ReactElement | null {
  const { t } = useTranslation();
  const { data } = useQuery(supervisionQueries.mine());
  if (!data) return null;
  const asks = data.supervisors.some(({ standing }) => standing === 'waiting') || data.debriefs.some(({ answer }) => answer === null);
  if (!data.waitsForContact && !asks) return null;
  return (
    <section className={styles.ownCheck} aria-label={t('ownInbox.title')}>
      {data.waitsForContact && <p>{t('ownInbox.contact')}</p>}
      {asks && <p><Link to="/peer/supervision">{t('ownInbox.open')}</Link></p>}
    </section>
  );
}
