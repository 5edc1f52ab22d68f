import { queryOptions } from '@tanstack/react-query';
import type { PeerPage } from '../../peers/contract.js';
import type { PeerRecordView } from '../../peers/keeping.contract.js';
import type { AreaList, OnCallListView, PeoplePage, ProgrammeDetailView } from '../../programmes/admin.contract.js';
import type { CatalogueEntryList } from '../../programmes/catalogue.contract.js';
import type { PolicyDiffView, PolicyPage, PolicyUseList, PolicyView } from '../../programmes/policy.contract.js';
import { call } from '../api/http.js';
import type { Programme } from '../api/types.js';
import type { Gate } from './types.js';

/** As their routes end. */
export type OnCallListName = 'on-call' | 'clinicians-on-call';

interface List<T> {
  readonly items: readonly T[];
}
const searched = (search: string): string => (search.trim() === '' ? '' : `&search=${encodeURIComponent(search.trim())}`);

/** Every key begins with `admin`: whatever an admin does, these are asked again. */
export const adminQueries = {
  gates: () => queryOptions({ queryKey: ['admin', 'gates'], queryFn: ({ signal }) => call<List<Gate>>('/gates', { signal }), select: (list) => list.items }),
  closedProgrammes: () => queryOptions({
    queryKey: ['admin', 'programmes', 'closed'], queryFn: ({ signal }) => call<List<Programme>>('/programmes?status=closed', { signal }), select: (list) => list.items,
  }),
  programme: (id: string) => queryOptions({ queryKey: ['admin', 'programme', id], queryFn: ({ signal }) => call<ProgrammeDetailView>(`/programmes/${encodeURIComponent(id)}`, { signal }) }),
  onCall: (id: string, list: OnCallListName) => queryOptions({ queryKey: ['admin', list, id], queryFn: ({ signal }) => call<OnCallListView>(`/programmes/${encodeURIComponent(id)}/${list}`, { signal }) }),
  areas: () => queryOptions({ queryKey: ['admin', 'areas'], queryFn: ({ signal }) => call<AreaList>('/areas', { signal }), select: (list) => list.items }),
  people: (search: string, role?: string) => queryOptions({
    queryKey: ['admin', 'people', role ?? '', search.trim()],
    queryFn: ({ signal }) => call<PeoplePage>(`/people?limit=50${role === undefined ? '' : `&role=${role}`}${searched(search)}`, { signal }),
    placeholderData: (before) => before, select: (page) => page.items,
  }),
  peers: (search: string, status: 'active' | 'inactive') => queryOptions({
    queryKey: ['admin', 'peers', status, search.trim()],
    queryFn: ({ signal }) => call<PeerPage>(`/peers?limit=200&status=${status}${searched(search)}`, { signal }), placeholderData: (before) => before,
  }),
  peer: (id: string) => queryOptions({ queryKey: ['admin', 'peer', id], queryFn: ({ signal }) => call<PeerRecordView>(`/peers/${encodeURIComponent(id)}/record`, { signal }) }),
  entries: (kind: string) => queryOptions({
    queryKey: ['admin', 'entries', kind], queryFn: ({ signal }) => call<CatalogueEntryList>(`/catalogue/entries?kind=${kind}`, { signal }), select: (list) => list.items,
  }),
  policiesInUse: (kind: PolicyView['kind']) => queryOptions({ queryKey: ['admin', 'policies-in-use', kind], queryFn: ({ signal }) => call<PolicyUseList>(`/policies/in-use?kind=${kind}`, { signal }), select: (list) => list.items }),
  policies: (programmeId: string | null, kind: PolicyView['kind']) => queryOptions({
    queryKey: ['admin', 'policies', kind, programmeId],
    queryFn: ({ signal }) => call<PolicyPage>(`/policies?limit=100&kind=${kind}${programmeId === null ? '' : `&programmeId=${encodeURIComponent(programmeId)}`}`, { signal }), select: (page) => page.items,
  }),
  policy: (id: string) => queryOptions({ queryKey: ['admin', 'policy', id], queryFn: ({ signal }) => call<PolicyView>(`/policies/${encodeURIComponent(id)}`, { signal }) }),
  policyDiff: (from: string, to: string) => queryOptions({
    queryKey: ['admin', 'policy-diff', from, to], queryFn: ({ signal }) => call<PolicyDiffView>(`/policies/${encodeURIComponent(to)}/diff/${encodeURIComponent(from)}`, { signal }),
  }),
};
