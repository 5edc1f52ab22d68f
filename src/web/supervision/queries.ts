import { queryOptions } from '@tanstack/react-query';
import type { LiftCountList } from '../../dispatch/lifts.contract.js';
import type { MySupervisionView, SupervisorDayView } from '../../supervision/day.contract.js';
import type { CheckFiguresView, OwnChecksView } from '../../supervision/own-checks.contract.js';
import type { SupervisedPage, SupervisorToChooseList } from '../../supervision/relations.contract.js';
import type { SupervisionSessionPage } from '../../supervision/sessions.contract.js';
import type { SharedTraitList } from '../../supervision/shared-traits.contract.js';
import { call } from '../api/http.js';

export const supervisionQueries = {
  day: () => queryOptions({ queryKey: ['supervision', 'day'], queryFn: ({ signal }) => call<SupervisorDayView>('/supervision/day', { signal }) }),
  past: (personId: string) => queryOptions({
    queryKey: ['supervision', 'past', personId], queryFn: ({ signal }) => call<SupervisionSessionPage>(`/supervision/peers/${encodeURIComponent(personId)}/sessions?limit=50`, { signal }), select: (page) => page.items,
  }),
  /** Each look is on record: asked for once, when the page opens. */
  sharedTraits: (personId: string) => queryOptions({
    queryKey: ['shared-traits', personId], queryFn: ({ signal }) => call<SharedTraitList>(`/supervision/peers/${encodeURIComponent(personId)}/shared-traits`, { signal }), select: (list) => list.items,
  }),
  relations: () => queryOptions({ queryKey: ['supervision', 'relations'], queryFn: ({ signal }) => call<SupervisedPage>('/supervision/relations?limit=200', { signal }), select: (page) => page.items }),
  supervisors: () => queryOptions({
    queryKey: ['supervision', 'supervisors'], queryFn: ({ signal }) => call<SupervisorToChooseList>('/supervision/supervisors', { signal }), select: (list) => list.items,
  }),
  mine: () => queryOptions({ queryKey: ['supervision', 'mine'], queryFn: ({ signal }) => call<MySupervisionView>('/me/supervision', { signal }) }),
  myPast: () => queryOptions({ queryKey: ['supervision', 'my-past'], queryFn: ({ signal }) => call<SupervisionSessionPage>('/me/supervision/sessions?limit=50', { signal }), select: (page) => page.items }),
  liftCounts: () => queryOptions({ queryKey: ['supervision', 'lift-counts'], queryFn: ({ signal }) => call<LiftCountList>('/gates/lift-counts', { signal }) }),
  checkFigures: (programmeId: string) => queryOptions({
    queryKey: ['supervision', 'check-figures', programmeId], queryFn: ({ signal }) => call<CheckFiguresView>(`/supervision/check-figures?programmeId=${encodeURIComponent(programmeId)}`, { signal }),
  }),
  checks: () => queryOptions({ queryKey: ['supervision', 'checks'], queryFn: ({ signal }) => call<OwnChecksView>('/me/checks', { signal }) }),
};
