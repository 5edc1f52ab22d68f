import { queryOptions } from '@tanstack/react-query';
import type { EveningNowView } from '../../demo/contract.js';
import { call } from '../api/http.js';
import type { Me } from '../api/types.js';

/** What is played now; asked only where there can be something. */
export const evening = (on: boolean) => queryOptions({
  queryKey: ['evening'], queryFn: ({ signal }) => call<EveningNowView>('/demo/evening', { signal }), select: (now) => now.evening, enabled: on,
});

export const inDemo = (me: Me): boolean => me.organisation?.demo === true;
export const maySee = ({ account }: Me): boolean => account.roles.some((role) => role === 'admin' || role === 'coordinator' || role === 'supervisor');
export const mayPlay = ({ account }: Me): boolean => account.roles.some((role) => role === 'admin' || role === 'coordinator');
