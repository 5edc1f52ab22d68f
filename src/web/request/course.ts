import type { StaffRequestView } from '../../dispatch/contract.js';

/** What a person may say an escalation is for; the first is the one for everything else. */
export const CAUSES = ['coordinator', 'imminent-danger', 'medical-emergency', 'needs-clinician', 'beyond-scope'] as const;

/** These take the request away from peers while they are open. */
const STOPS_SEARCH: ReadonlySet<string> = new Set(['imminent-danger', 'medical-emergency', 'needs-clinician', 'beyond-scope']);

type Course = Pick<StaffRequestView, 'state' | 'assignment' | 'escalation'>;

/** Nobody leads, or the lead is handing over. */
export function lacksLead({ assignment }: Pick<StaffRequestView, 'assignment'>): boolean {
  return assignment === null || assignment.state === 'ended' || assignment.handingOverSince !== null;
}

/** A lead is looked for: a search is on, and nothing has taken it from peers. */
export function isLookedFor(request: Course): boolean {
  const stopped = request.escalation !== null && request.escalation.closedAt === null && STOPS_SEARCH.has(request.escalation.cause);
  return (request.state === 'searching' || request.state === 'escalated' || request.state === 'assigned') && !stopped && lacksLead(request);
}

/** Peers are asked, or somebody may be assigned by hand: who would be asked is told from here on. */
export function hasBegun({ state }: Pick<StaffRequestView, 'state'>): boolean {
  return state !== 'received' && state !== 'triaged';
}
