import { queryOptions } from '@tanstack/react-query';
import type { ConsultView } from '../../dispatch/contract.js';
import type { EscalationAtHandView, PageToTakeView, TeamView } from '../../dispatch/supervision.contract.js';
import { call } from '../api/http.js';

/** What waits for a supervisor, what they have taken on, and who serves under them. */
export const supervision = {
  pages: () => queryOptions({
    queryKey: ['pages'], queryFn: ({ signal }) => call<{ items: PageToTakeView[] }>('/me/pages', { signal }), select: (page) => page.items,
  }),
  escalations: () => queryOptions({
    queryKey: ['own-escalations'], queryFn: ({ signal }) => call<{ items: EscalationAtHandView[] }>('/me/escalations', { signal }), select: (page) => page.items,
  }),
  consults: () => queryOptions({
    queryKey: ['consults'], queryFn: ({ signal }) => call<{ items: ConsultView[] }>('/consults?open=true&limit=100', { signal }), select: (page) => page.items,
  }),
  team: () => queryOptions({ queryKey: ['team'], queryFn: ({ signal }) => call<TeamView>('/me/team', { signal }) }),
};
