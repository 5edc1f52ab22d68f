import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { StaffView } from '../../../shifts/staff.contract.js';
import { call } from '../../api/http.js';

export type Account = StaffView;

interface Page {
  readonly items: readonly Account[];
  readonly nextCursor: string | null;
}

export const accountsQueries = {
  list: (search: string) => infiniteQueryOptions({
    queryKey: ['admin', 'accounts', 'list', search],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '50', ...(search === '' ? {} : { search }), ...(pageParam === null ? {} : { cursor: pageParam }) });
      return call<Page>(`/accounts?${query.toString()}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  }),
  one: (id: string) => queryOptions({ queryKey: ['admin', 'accounts', id], queryFn: ({ signal }) => call<Account>(`/accounts/${encodeURIComponent(id)}`, { signal }) }),
};
