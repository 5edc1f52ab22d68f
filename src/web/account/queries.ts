import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/http.js';
import type { MySecondFactor, MySession } from './types.js';

export const accountQueries = {
  sessions: () => queryOptions({
    queryKey: ['account', 'sessions'], queryFn: ({ signal }) => call<{ items: readonly MySession[] }>('/me/sessions', { signal }), select: (page) => page.items,
  }),
  secondFactor: () => queryOptions({ queryKey: ['account', 'second-factor'], queryFn: ({ signal }) => call<MySecondFactor>('/me/second-factor', { signal }) }),
};
