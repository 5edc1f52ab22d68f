import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../api/http.js';
import type { CaseList, CaseView, MyMarksView, MyWellnessView, OverdueAppeals, OverdueContacts, OverdueReviews, OverdueWords, WaitingView } from '../../wellness/contract.js';
import type { RelapsePolicyList } from '../../wellness/relapse-policy.contract.js';

/** One act about a case: its path below the case, and what goes with it. */
export type Act = (path: string, body?: unknown) => void;

/** The peer's page shows what changed by asking again. */
export function useAsked(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ['own-wellness'] });
}

/** Who sees what waited has read it: nothing says any more that it waits. */
export function useRead(shown: unknown): void {
  const client = useQueryClient();
  useEffect(() => {
    if (shown !== undefined) void client.invalidateQueries({ queryKey: ['message-waits'] });
  }, [client, shown]);
}

/** Nothing of this is told live: who comes back to the page sees what is new; that a message waits is asked along with whatever else happens. */
const FRESH_MS = 30_000;

export const wellnessQueries = {
  mine: () => queryOptions({ queryKey: ['own-wellness'], queryFn: ({ signal }) => call<MyWellnessView>('/me/wellness', { signal }), staleTime: 0, refetchOnWindowFocus: 'always' }),
  marks: () => queryOptions({ queryKey: ['own-marks'], queryFn: ({ signal }) => call<MyMarksView>('/me/wellness/marks', { signal }), staleTime: 0, refetchOnWindowFocus: 'always' }),
  waiting: () => queryOptions({ queryKey: ['message-waits'], queryFn: ({ signal }) => call<WaitingView>('/wellness/waiting', { signal }), select: ({ waiting }) => waiting, staleTime: 0, refetchOnWindowFocus: 'always' }),
  // A look is written down each time: only when somebody comes, never by itself.
  cases: () => queryOptions({ queryKey: ['cases'], queryFn: ({ signal }) => call<CaseList>('/wellness/cases', { signal }), select: (list) => list.items, staleTime: FRESH_MS, refetchOnWindowFocus: false }),
  case: (id: string) => queryOptions({ queryKey: ['case', id], queryFn: ({ signal }) => call<CaseView>(`/wellness/cases/${id}`, { signal }), staleTime: FRESH_MS, refetchOnWindowFocus: false }),
  overdue: () => queryOptions({ queryKey: ['overdue-contacts'], queryFn: ({ signal }) => call<OverdueContacts>('/wellness/overdue-contacts', { signal }), select: (list) => list.items, staleTime: FRESH_MS }),
  appeals: () => queryOptions({ queryKey: ['overdue-appeals'], queryFn: ({ signal }) => call<OverdueAppeals>('/wellness/overdue-appeals', { signal }), select: (list) => list.items, staleTime: FRESH_MS }),
  words: () => queryOptions({ queryKey: ['overdue-words'], queryFn: ({ signal }) => call<OverdueWords>('/wellness/overdue-words', { signal }), select: (list) => list.items, staleTime: FRESH_MS }),
  reviews: () => queryOptions({ queryKey: ['overdue-reviews'], queryFn: ({ signal }) => call<OverdueReviews>('/wellness/overdue-reviews', { signal }), select: (list) => list.items, staleTime: FRESH_MS }),
  kept: () => queryOptions({ queryKey: ['relapse-policies'], queryFn: ({ signal }) => call<RelapsePolicyList>('/wellness/relapse-policies', { signal }), select: (list) => list.items }),
};
