/** The words of a crisis request. Pure: no clock, no SQL, no framework. */
export const CHANNELS = ['phone', 'text', 'chat', 'walk-in', 'partner', 'referral', 'planned'] as const;
export type Channel = (typeof CHANNELS)[number];

export { CONTACT_KINDS, type ContactKind } from '../../programmes/domain/contact-kind.js';

export const ANSWERS = ['yes', 'no', 'unknown'] as const;
export type Answer = (typeof ANSWERS)[number];

/** 1 emergent, 2 urgent, 3 soon, 4 routine. */
export type Acuity = 1 | 2 | 3 | 4;

export interface Safety {
  readonly imminentDanger: Answer;
  readonly violence: Answer;
  readonly medicalEmergency: Answer;
  readonly minor: Answer;
}

export interface Needs {
  readonly populations: readonly string[];
  readonly experience: readonly string[];
  readonly skills: readonly string[];
}

/** A language is only ever liked besides: the one that must be is the request's own. */
export const PREFERENCE_KINDS = ['gender', 'same-peer', 'language'] as const;
export const STRENGTHS = ['must', 'would-like'] as const;
export interface Preference {
  readonly kind: (typeof PREFERENCE_KINDS)[number];
  readonly value: string;
  readonly strength: (typeof STRENGTHS)[number];
}

export const REQUEST_STATES = ['received', 'triaged', 'searching', 'assigned', 'escalated', 'ended', 'closed', 'cancelled'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const REQUEST_STEPS = [
  'search', 'assign', 'escalate', 'end', 'close', 'cancel', 'hold', 'reopen', 'reopen-untriaged', 'reopen-planned', 'reopen-escalated',
] as const;
export type RequestStep = (typeof REQUEST_STEPS)[number];

/**
 * The states of a request as data: state → step → next state. `search` also brings a request back from an escalation
 * or from a lost peer; `hold` keeps a planned request triaged until its time; a cancel can be taken back for a moment.
 */
export const REQUEST_TRANSITIONS: Readonly<Record<RequestState, Partial<Record<RequestStep, RequestState>>>> = {
  received: { hold: 'triaged', search: 'searching', escalate: 'escalated', cancel: 'cancelled' },
  triaged: { search: 'searching', escalate: 'escalated', cancel: 'cancelled' },
  searching: { assign: 'assigned', escalate: 'escalated', cancel: 'cancelled' },
  assigned: { search: 'searching', escalate: 'escalated', end: 'ended', cancel: 'cancelled' },
  escalated: { escalate: 'escalated', search: 'searching', assign: 'assigned', end: 'ended', cancel: 'cancelled' },
  ended: { close: 'closed' },
  closed: {},
  cancelled: { reopen: 'searching', 'reopen-untriaged': 'received', 'reopen-planned': 'triaged', 'reopen-escalated': 'escalated' },
};

/** The state after `step`, or null when the step is not open from `state`. */
export function transition(state: RequestState, step: RequestStep): RequestState | null {
  return REQUEST_TRANSITIONS[state][step] ?? null;
}

export function isOpen(state: RequestState): boolean {
  return state !== 'closed' && state !== 'cancelled' && state !== 'ended';
}

/** How a cancelled request is taken up again, by the state it was cancelled from. Whoever led it is looked for anew. */
export const REOPENED_BY: Readonly<Partial<Record<RequestState, RequestStep>>> = {
  received: 'reopen-untriaged',
  triaged: 'reopen-planned',
  searching: 'reopen',
  assigned: 'reopen',
  escalated: 'reopen-escalated',
};

interface Cancelled {
  readonly state: RequestState;
  readonly cancelledAt: Date | null;
  readonly cancelledFrom: RequestState | null;
}

type ReopenVerdict = { readonly kind: 'reopen'; readonly state: RequestState } | { readonly kind: 'already-open' } | { readonly kind: 'too-late' };

/** Whether a cancel can still be taken back, and to which state. */
export function reopening({ state, cancelledAt, cancelledFrom }: Cancelled, undoMs: number, now: Date): ReopenVerdict {
  if (isOpen(state)) return { kind: 'already-open' };
  const step = cancelledFrom && REOPENED_BY[cancelledFrom];
  if (!step || !cancelledAt || now.getTime() - cancelledAt.getTime() > undoMs) return { kind: 'too-late' };
  const reopened = transition(state, step);
  return reopened ? { kind: 'reopen', state: reopened } : { kind: 'too-late' };
}
