import { queryOptions } from '@tanstack/react-query';
import type { FollowUpView, MyOutcomeView } from '../../encounters/contract.js';
import type { ChannelsView } from '../../notify/contract.js';
import type { AboutMeView } from '../../peers/about-me.contract.js';
import type { MyLimitsView } from '../../peers/contract.js';
import type { MyAwayView } from '../../shifts/contract.js';
import type { MyRelapsePolicies } from '../../wellness/relapse-policy.contract.js';
import { call } from './http.js';

/** What somebody asks about themself. */
export const ownQueries = {
  channels: () => queryOptions({
    queryKey: ['channels'], queryFn: ({ signal }) => call<ChannelsView>('/me/channels', { signal }), select: (view) => view.channels,
  }),
  away: () => queryOptions({ queryKey: ['away'], queryFn: ({ signal }) => call<MyAwayView>('/me/away', { signal }), select: (view) => view.away }),
  limits: () => queryOptions({ queryKey: ['limits'], queryFn: ({ signal }) => call<MyLimitsView>('/me/limits', { signal }), select: (view) => view.limits }),
  policies: () => queryOptions({
    queryKey: ['own-policies'], queryFn: ({ signal }) => call<MyRelapsePolicies>('/me/relapse-policies', { signal }), select: (list) => list.items,
  }),
  about: () => queryOptions({ queryKey: ['about'], queryFn: ({ signal }) => call<AboutMeView>('/me/about', { signal }) }),
  followUps: () => queryOptions({
    queryKey: ['followUps'], queryFn: ({ signal }) => call<{ items: FollowUpView[] }>('/follow-ups?state=due&limit=50', { signal }), select: (page) => page.items,
  }),
  outcomes: () => queryOptions({
    queryKey: ['outcomes'], queryFn: ({ signal }) => call<{ items: MyOutcomeView[] }>('/me/outcomes?limit=50', { signal }), select: (page) => page.items,
  }),
};
