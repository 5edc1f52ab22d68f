import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/http.js';
import type { CaseList, CaseView, MyWellnessView, OverdueContacts } from '../../wellness/contract.js';
import type { RelapsePolicyList } from '../../wellness/relapse-policy.contract.js';

/** One act about a case: its path below the case, and what goes with it. */
export type Act = (path: string, body?: unknown) => void;

/** The peer's page shows what changed by asking again. */
export function useAsked(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ['own-wellness'] });
}

/** Nothing of this is told live: who comes back to the page sees what is new. */
const FRESH_MS = 30_000;

export const wellnessQueries = {
  mine: () => queryOptions({ queryKey: ['own-wellness'], queryFn: ({ signal }) => call<MyWellnessView>('/me/wellness', { signal }), staleTime: 0, refetchOnWindowFocus: 'always' }),
  // A look is written down each time: only when somebody comes, never by itself.
  cases: () => queryOptions({ queryKey: ['cases'], queryFn: ({ signal }) => call<CaseList>('/wellness/cases', { signal }), select: (list) => list.items, staleTime: FRESH_MS, refetchOnWindowFocus: false }),
  case: (id: string) => queryOptions({ queryKey: ['case', id], queryFn: ({ signal }) => call<CaseView>(`/wellness/cases/${id}`, { signal }), staleTime: FRESH_MS, refetchOnWindowFocus: false }),
  overdue: () => queryOptions({ queryKey: ['overdue-contacts'], queryFn: ({ signal }) => call<OverdueContacts>('/wellness/overdue-contacts', { signal }), select: (list) => list.items, staleTime: FRESH_MS }),
  kept: () => queryOptions({ queryKey: ['relapse-policies'], queryFn: ({ signal }) => call<RelapsePolicyList>('/wellness/relapse-policies', { signal }), select: (list) => list.items }),
};
