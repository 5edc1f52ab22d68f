import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ownQueries } from '../api/own-queries.js';
import { queries } from '../api/queries.js';
import { useNow } from '../time/now.js';
import { dayWords } from '../wellness/words.js';

/** Policies that hold, or will, and were not read yet: until then their programmes ask nothing of the peer. */
export function PolicyAsk(): ReactElement | null {
  const { t } = useTranslation();
  const now = useNow();
  const { data = [] } = useQuery(ownQueries.policies());
  const { data: programmes = [] } = useQuery(queries.programmes());
  const unread = data.filter(({ acknowledgedAt }) => acknowledgedAt === null);
  const words = ({ programmeId, effectiveAt }: (typeof unread)[number]): string => {
    const programme = programmes.find(({ id }) => id === programmeId)?.name;
    return programme && Date.parse(effectiveAt) > now ? t('peer.policyChanges', { programme, date: dayWords(effectiveAt) }) : t('peer.policyAsk');
  };
  return unread.length === 0 ? null : <>{unread.map((policy) => <p key={policy.id}>{words(policy)} <Link to="/peer/policies">{t('peer.policyRead')}</Link></p>)}</>;
}
