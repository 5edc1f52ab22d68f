import { infiniteQueryOptions, keepPreviousData, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import type { BoardView, MyAssignmentList, MyOfferView, StaffRequestView, TimelineView } from '../../dispatch/contract.js';
import type { MatchView } from '../../dispatch/match.contract.js';
import type { FollowUpPage } from '../../encounters/contract.js';
import type { PeerPage } from '../../peers/contract.js';
import type { CatalogueEntryList } from '../../programmes/catalogue.contract.js';
import { call } from './http.js';
import { ApiProblem } from './problem.js';
import { CATALOGUE_KINDS, type Area, type Catalogue, type CatalogueKind, type Labelled, type Me, type MyDuty, type Organisation, type Programme } from './types.js';

const NEVER_STALE = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY };

export const queries = {
  me: () => queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => call<Me>('/me', { signal }), ...NEVER_STALE }),
  organisation: () => queryOptions({ queryKey: ['organisation'], queryFn: ({ signal }) => call<Organisation>('/organisation', { signal }), ...NEVER_STALE }),
  programmes: () => queryOptions({
    queryKey: ['programmes'], queryFn: ({ signal }) => call<{ items: Programme[] }>('/programmes', { signal }), select: (page) => page.items, ...NEVER_STALE,
  }),
  /** With the retired entries: what they were chosen for is still read. */
  catalogue: () => queryOptions({
    queryKey: ['catalogue'], queryFn: ({ signal }) => call<CatalogueEntryList>('/catalogue/entries', { signal }), select: shelvesOf, ...NEVER_STALE,
  }),
  /** With `limit`, more of what is open than the usual few hundred. */
  board: (limit?: number) => queryOptions({
    queryKey: limit === undefined ? ['board'] : ['board', limit], queryFn: ({ signal }) => call<BoardView>(limit === undefined ? '/board' : `/board?limit=${limit}`, { signal }),
  }),
  request: (id: string) => queryOptions({
    queryKey: ['request', id], queryFn: ({ signal }) => call<StaffRequestView>(`/requests/${encodeURIComponent(id)}`, { signal }),
  }),
  /** The newest page first; each further one goes before it. */
  timeline: (id: string) => infiniteQueryOptions({
    queryKey: ['timeline', id],
    queryFn: ({ pageParam, signal }) => call<TimelineView>(`/requests/${encodeURIComponent(id)}/timeline${pageParam === null ? '' : `?cursor=${pageParam}`}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => pages.toReversed().flatMap(({ items }) => items),
  }),
  match: (id: string) => queryOptions({ queryKey: ['match', id], queryFn: ({ signal }) => call<MatchView>(`/requests/${encodeURIComponent(id)}/match`, { signal }) }),
  /** Of all there are, by part of a name; the server looks. The first of them while nothing is typed. */
  peersNamed: (search: string) => queryOptions({
    queryKey: ['peers', 'named', search], queryFn: ({ signal }) => call<PeerPage>(`/peers?limit=50&search=${encodeURIComponent(search)}`, { signal }), select: (page) => page.items, placeholderData: keepPreviousData,
  }),
  followUpsOf: (id: string) => queryOptions({
    queryKey: ['followUps', id], queryFn: ({ signal }) => call<FollowUpPage>(`/follow-ups?requestId=${encodeURIComponent(id)}`, { signal }), select: (page) => page.items,
  }),
  areas: () => queryOptions({
    queryKey: ['areas'], queryFn: ({ signal }) => call<{ items: Area[] }>('/areas', { signal }), select: (page) => page.items, staleTime: 300_000,
  }),
  duty: () => queryOptions({ queryKey: ['duty'], queryFn: ({ signal }) => call<MyDuty>('/me/duty', { signal }) }),
  offers: () => queryOptions({
    queryKey: ['offers'], queryFn: ({ signal }) => call<{ items: MyOfferView[] }>('/me/offers', { signal }), select: (page) => page.items,
  }),
  /** Comes with the assignments: whatever changes one changes the other. */
  resting: () => queryOptions({
    queryKey: ['assignments'], queryFn: ({ signal }) => call<MyAssignmentList>('/me/assignments', { signal }), select: (page) => page.restingUntil,
  }),
  assignments: () => queryOptions({
    queryKey: ['assignments'], queryFn: ({ signal }) => call<MyAssignmentList>('/me/assignments', { signal }), select: (page) => page.items,
  }),
};

function shelvesOf({ items }: CatalogueEntryList): Catalogue {
  const shelf = (name: CatalogueKind): readonly Labelled[] => items.filter(({ kind }) => kind === name);
  return Object.fromEntries(CATALOGUE_KINDS.map((name) => [name, shelf(name)])) as unknown as Catalogue;
}

export function newQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (fault) => {
        if (fault instanceof ApiProblem && fault.status === 401) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        // An answer the server gave on purpose does not change by asking again.
        retry: (count, fault) => count < 2 && !(fault instanceof ApiProblem && fault.status < 500),
        retryDelay: (count) => 500 * 2 ** count,
        refetchOnWindowFocus: true,
        // Ask even when the browser believes to be offline: it is often wrong, and a refusal is shown anyway.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
