import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ownQueries } from '../api/own-queries.js';

/** Before a duty begins: a policy that holds, or will, and was not read yet. */
export function PolicyAsk(): ReactElement | null {
  const { t } = useTranslation();
  const { data = [] } = useQuery(ownQueries.policies());
  if (data.every(({ acknowledgedAt }) => acknowledgedAt !== null)) return null;
  return <p>{t('peer.policyAsk')} <Link to="/peer/policies">{t('peer.policyRead')}</Link></p>;
}
