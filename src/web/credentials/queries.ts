import { queryOptions } from '@tanstack/react-query';
import type { EligibilityList } from '../../eligibility/contract.js';
import type { CredentialList, ExpiringPage } from '../../peers/credentials.contract.js';
import type { PeerView } from '../../peers/contract.js';
import type { OwnCareView, TopicOptOutsView } from '../../peers/own-choices.contract.js';
import { call } from '../api/http.js';

const id = encodeURIComponent;

export const credentialQueries = {
  mine: () => queryOptions({ queryKey: ['credentials', 'mine'], queryFn: ({ signal }) => call<CredentialList>('/me/credentials', { signal }), select: (list) => list.items }),
  myEligibility: () => queryOptions({ queryKey: ['eligibility', 'mine'], queryFn: ({ signal }) => call<EligibilityList>('/me/eligibility', { signal }), select: (list) => list.items }),
  topics: () => queryOptions({ queryKey: ['topic-opt-outs'], queryFn: ({ signal }) => call<TopicOptOutsView>('/me/topic-opt-outs', { signal }), select: (view) => view.topics }),
  ownCare: () => queryOptions({ queryKey: ['own-care'], queryFn: ({ signal }) => call<OwnCareView>('/me/own-care', { signal }) }),
  of: (personId: string) => queryOptions({
    queryKey: ['credentials', personId], queryFn: ({ signal }) => call<CredentialList>(`/peers/${id(personId)}/credentials`, { signal }), select: (list) => list.items,
  }),
  eligibility: (personId: string) => queryOptions({
    queryKey: ['eligibility', personId], queryFn: ({ signal }) => call<EligibilityList>(`/peers/${id(personId)}/eligibility`, { signal }), select: (list) => list.items,
  }),
  expiring: () => queryOptions({ queryKey: ['credentials', 'expiring'], queryFn: ({ signal }) => call<ExpiringPage>('/credentials/expiring?limit=200', { signal }), select: (page) => page.items }),
  peer: (personId: string) => queryOptions({ queryKey: ['peers', personId], queryFn: ({ signal }) => call<PeerView>(`/peers/${id(personId)}`, { signal }) }),
};
