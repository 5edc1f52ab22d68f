import type { Seat } from './offer.js';

export const END_REASONS = ['closed', 'contact-confirmed', 'no-contact', 'cancelled'] as const;
export type EndReason = (typeof END_REASONS)[number];

export interface Assignment {
  readonly id: string;
  readonly requestId: string;
  readonly personId: string;
  readonly offerId: string | null;
  readonly seat: Seat;
  readonly slot: number;
  readonly acceptedAt: Date;
  readonly contactDueAt: Date;
  readonly contactAskedAt: Date | null;
  /** When the engine next looks at a contact that is going on. */
  readonly nextCheckAt: Date | null;
  readonly contactMadeAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: EndReason | null;
  readonly version: number;
}

export type AssignmentState = 'accepted' | 'in-contact' | 'ended';

export function stateOf(assignment: Pick<Assignment, 'endedAt' | 'contactMadeAt'>): AssignmentState {
  if (assignment.endedAt) return 'ended';
  return assignment.contactMadeAt ? 'in-contact' : 'accepted';
}
