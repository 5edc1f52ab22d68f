import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { supervisionQueries } from '../supervision/queries.js';
import { wellnessQueries } from '../wellness/queries.js';
import { PolicyAsk } from './policy-ask.js';
import styles from './peer.module.css';

/** What waits for the peer themself: a word after a hard contact, a policy to read, and that a message waits, in the same words whatever it is about. */
export function OwnInbox(): ReactElement | null {
  const { t } = useTranslation();
  const { data: supervision } = useQuery(supervisionQueries.mine());
  const { data: marks } = useQuery(wellnessQueries.marks());
  const asks = supervision?.supervisors.some(({ standing }) => standing === 'waiting') || supervision?.debriefs.some(({ answer }) => answer === null);
  const door = marks?.waiting ? '/peer/wellness' : asks ? '/peer/supervision' : null;
  if (!supervision?.waitsForContact && !door) return <PolicyAsk />;
  return (
    <section className={styles.ownCheck} aria-label={t('ownInbox.title')}>
      <PolicyAsk />
      {supervision?.waitsForContact && <p>{t('ownInbox.contact')}</p>}
      {door && <p><Link to={door}>{t('ownInbox.open')}</Link></p>}
    </section>
  );
}
