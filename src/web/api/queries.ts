import { QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import type { BoardView, MyAssignmentView, OfferView, StaffRequestView, TimelineView } from '../../dispatch/contract.js';
import { call } from './http.js';
import { ApiProblem } from './problem.js';
import type { Catalogue, Me, MyDuty, Organisation, Programme } from './types.js';

const NEVER_STALE = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY };

export const queries = {
  me: () => queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => call<Me>('/me', { signal }), ...NEVER_STALE }),
  organisation: () => queryOptions({ queryKey: ['organisation'], queryFn: ({ signal }) => call<Organisation>('/organisation', { signal }), ...NEVER_STALE }),
  programmes: () => queryOptions({
    queryKey: ['programmes'], queryFn: ({ signal }) => call<{ items: Programme[] }>('/programmes', { signal }), select: (page) => page.items, ...NEVER_STALE,
  }),
  catalogue: () => queryOptions({ queryKey: ['catalogue'], queryFn: ({ signal }) => call<Catalogue>('/catalogue', { signal }), ...NEVER_STALE }),
  board: () => queryOptions({ queryKey: ['board'], queryFn: ({ signal }) => call<BoardView>('/board', { signal }) }),
  request: (id: string) => queryOptions({
    queryKey: ['request', id], queryFn: ({ signal }) => call<StaffRequestView>(`/requests/${encodeURIComponent(id)}`, { signal }),
  }),
  timeline: (id: string) => queryOptions({
    queryKey: ['timeline', id], queryFn: ({ signal }) => call<TimelineView>(`/requests/${encodeURIComponent(id)}/timeline`, { signal }), select: (view) => view.items,
  }),
  duty: () => queryOptions({ queryKey: ['duty'], queryFn: ({ signal }) => call<MyDuty>('/me/duty', { signal }) }),
  offers: () => queryOptions({
    queryKey: ['offers'], queryFn: ({ signal }) => call<{ items: OfferView[] }>('/me/offers', { signal }), select: (page) => page.items,
  }),
  assignments: () => queryOptions({
    queryKey: ['assignments'], queryFn: ({ signal }) => call<{ items: MyAssignmentView[] }>('/me/assignments', { signal }), select: (page) => page.items,
  }),
};

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
