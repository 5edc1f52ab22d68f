import type { FieldError } from '../../platform/errors.js';
import type { EscalationCause, EscalationTier } from './triage.js';

const CLOSE_REASONS = ['contact-confirmed', 'returned-to-search', 'accepted', 'cancelled'] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

/** Who may have said that help is there. */
export const CONFIRMED_BY = ['988', '911', 'mobile-team', 'clinician', 'partner', 'supervisor', 'other'] as const;
export type ConfirmedBy = (typeof CONFIRMED_BY)[number];

export interface Confirmation {
  readonly by: ConfirmedBy;
  /** Of whoever has no code of their own: what the desk calls them. */
  readonly name: string | null;
}

export function confirmationFaults({ by, name }: Confirmation): FieldError[] {
  if ((by === 'other') === (name !== null)) return [];
  return [{ field: 'name', code: 'invalid', message: 'Somebody else has a name, and nobody but they.' }];
}

/** A request that needs somebody besides a peer: who owns it, who was told, whether help arrived. */
export interface Escalation {
  readonly id: string;
  readonly requestId: string;
  readonly cause: EscalationCause;
  readonly tier: EscalationTier;
  readonly searchContinues: boolean;
  readonly ownerAccountId: string | null;
  readonly openedAt: Date;
  readonly pagesSent: number;
  /** When it is paged again; null once closed. */
  readonly nextPageAt: Date | null;
  /** The first time anybody took it on: every board is quiet from then on. */
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  /** When a supervisor took it on: from then on only a late confirmation is paged. */
  readonly supervisorAt: Date | null;
  readonly contactConfirmedAt: Date | null;
  readonly contactConfirmedBy: ConfirmedBy | null;
  readonly contactConfirmedName: string | null;
  readonly closedAt: Date | null;
  readonly closeReason: CloseReason | null;
  readonly version: number;
}

export const ESCALATION_STATES = ['unacknowledged', 'at-the-desk', 'with-a-supervisor', 'closed'] as const;
export type EscalationState = (typeof ESCALATION_STATES)[number];

export const ESCALATION_STEPS = ['take-at-the-desk', 'take-as-supervisor', 'release', 'confirm-contact', 'return-to-search', 'accept', 'cancel'] as const;
export type EscalationStep = (typeof ESCALATION_STEPS)[number];

const CLOSING = { 'confirm-contact': 'closed', 'return-to-search': 'closed', accept: 'closed', cancel: 'closed' } as const;

/**
 * The states of an escalation as data: state → step → next state. `release`: whoever had it can see to it no longer; `accept`:
 * a peer in the seat it asked for. Nobody at the desk takes it out of a supervisor's hands.
 */
export const ESCALATION_TRANSITIONS: Readonly<Record<EscalationState, Partial<Record<EscalationStep, EscalationState>>>> = {
  unacknowledged: { 'take-at-the-desk': 'at-the-desk', 'take-as-supervisor': 'with-a-supervisor', ...CLOSING },
  'at-the-desk': { 'take-as-supervisor': 'with-a-supervisor', release: 'unacknowledged', ...CLOSING },
  'with-a-supervisor': { release: 'unacknowledged', ...CLOSING },
  closed: {},
};

/** The state after `step`, or null when the step is not open from `state`. */
export function escalationAfter(state: EscalationState, step: EscalationStep): EscalationState | null {
  return ESCALATION_TRANSITIONS[state][step] ?? null;
}

type StateColumns = Pick<Escalation, 'acknowledgedAt' | 'supervisorAt' | 'closedAt'>;

/** The columns are the one truth; no state is stored beside them. */
export function escalationStateOf({ acknowledgedAt, supervisorAt, closedAt }: StateColumns): EscalationState {
  if (closedAt) return 'closed';
  if (supervisorAt) return 'with-a-supervisor';
  return acknowledgedAt ? 'at-the-desk' : 'unacknowledged';
}

type Acknowledgement = 'nothing' | 'boards' | 'supervisor';

/**
 * What an acknowledgement changes. Nobody at the desk takes it out of the supervisors' hands: they are paged on until one
 * of them acknowledges; the first of each is the one who counts.
 */
export function acknowledgement(escalation: StateColumns, bySupervisor: boolean): Acknowledgement {
  if (!escalationAfter(escalationStateOf(escalation), bySupervisor ? 'take-as-supervisor' : 'take-at-the-desk')) return 'nothing';
  return bySupervisor ? 'supervisor' : 'boards';
}

/** Somebody at the desk or behind the peers, as one escalation's programme knows them. */
export interface Taker {
  readonly personId: string;
  readonly supervisor: boolean;
  readonly clinicianOnCall: boolean;
}

/** Nobody supervises themself: who leads the request takes it on as anybody at the desk, and the supervisors are paged on. */
export function takesAsSupervisor({ tier }: Pick<Escalation, 'tier'>, taker: Taker, leadPersonId: string | null): boolean {
  return leadPersonId !== taker.personId && (taker.supervisor || (tier === 'clinician' && taker.clinicianOnCall));
}

/** Their "I have this" would change something: each of these may read it, and so take it on. */
export function mayTake(escalation: Pick<Escalation, 'tier'> & StateColumns, taker: Taker, leadPersonId: string | null): boolean {
  return acknowledgement(escalation, takesAsSupervisor(escalation, taker, leadPersonId)) !== 'nothing';
}

/** It is open, and this account took it on. Who merely took the request in owns it until then, and has it not. */
export function isInHand({ closedAt, acknowledgedBy }: Pick<Escalation, 'closedAt' | 'acknowledgedBy'>, accountId: string): boolean {
  return closedAt === null && acknowledgedBy === accountId;
}

/** How grave a cause is; the lowest is shown first. */
export const WEIGHT: Readonly<Record<EscalationCause, number>> = {
  'imminent-danger': 0,
  'medical-emergency': 1,
  'needs-clinician': 2,
  'beyond-scope': 3,
  'no-supervisor': 4,
  'no-relapse-policy': 5,
  'hand-over': 6,
  'lost-peer': 7,
  'no-buddy': 8,
  'ladder-exhausted': 9,
  'no-candidate': 10,
  coordinator: 11,
};

/** The one to show first when several are open: the gravest cause, then the oldest. */
export function gravest(escalations: readonly Escalation[]): Escalation | null {
  return [...escalations].sort((a, b) => WEIGHT[a.cause] - WEIGHT[b.cause] || a.openedAt.getTime() - b.openedAt.getTime())[0] ?? null;
}
