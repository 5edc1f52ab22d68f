import { after, HOUR_MS } from '../../platform/time.js';

export const CASE_STATES = ['open', 'supported', 'restricted', 'on-leave', 'returning', 'closed'] as const;
export type CaseState = (typeof CASE_STATES)[number];
export const CASE_ACTS = ['support', 'restrict', 'grant-leave', 'return', 'finish', 'close', 'dismiss'] as const;
export type CaseAct = (typeof CASE_ACTS)[number];
export const ORIGINS = ['self', 'supervisor', 'scheduled-review'] as const;
export type Origin = (typeof ORIGINS)[number];

/** Product §9. What makes work lighter may follow from anywhere; what makes it heavier again comes by a graded return or two people. */
export const CASE_MOVES: Readonly<Record<CaseState, Partial<Record<CaseAct, CaseState>>>> = {
  open: { support: 'supported', dismiss: 'closed' },
  supported: { restrict: 'restricted', 'grant-leave': 'on-leave', close: 'closed', dismiss: 'closed' },
  restricted: { 'grant-leave': 'on-leave', return: 'returning', close: 'closed' },
  'on-leave': { return: 'returning', close: 'closed' },
  returning: { restrict: 'restricted', 'grant-leave': 'on-leave', finish: 'closed' },
  closed: {},
};

/** Null: not from here. */
export function moved(state: CaseState, act: CaseAct): CaseState | null {
  return CASE_MOVES[state][act] ?? null;
}

/** Leaving a restriction or a leave takes two people, neither of them the peer. */
export function needsTwo(state: CaseState): boolean {
  return state === 'restricted' || state === 'on-leave';
}

/** Whose turn it is to make the supportive contact. */
type AskedOf = 'nobody' | 'supervisor' | 'deputy' | 'supervisor-lead';

/** Who is to hear an appeal: supervisor or deputy, whoever did not set what it is about; else a lead. */
type AppealAskedOf = 'readers' | 'supervisor-lead';

/** A relapse-policy flag. There is no place for a reason, and none for what anybody thinks of it. */
export interface FlagCase {
  readonly id: string;
  readonly personId: string;
  readonly state: CaseState;
  readonly origin: Origin;
  readonly raisedBy: string | null;
  readonly openedAt: Date;
  /** When the peer heard of it; nothing else is done before. */
  readonly toldAt: Date | null;
  /** The hours of the policy run from when the peer was told; null before. */
  readonly contactDueAt: Date | null;
  readonly contactMadeAt: Date | null;
  readonly contactMadeBy: string | null;
  readonly askedOf: AskedOf;
  readonly reviewAt: Date | null;
  readonly remindedAt: Date | null;
  readonly appealedAt: Date | null;
  readonly appealOutcome: 'stays' | 'granted' | null;
  readonly appealHeardBy: string | null;
  readonly appealHeardAt: Date | null;
  /** Of an appeal that waits; null when none does. */
  readonly appealDueAt: Date | null;
  readonly appealAskedOf: AppealAskedOf | null;
  /** When they were asked last. */
  readonly appealAskedAt: Date | null;
  /** One of the two it takes has said that it may end: the other has until then. Null while nobody's word waits for another. */
  readonly wordDueAt: Date | null;
  /** When the other was asked last. */
  readonly wordAskedAt: Date | null;
  readonly closedAt: Date | null;
  readonly nextDueAt: Date | null;
  readonly version: number;
}

/** The deputy has so long before the lead hears that a supportive contact is missing. */
const DEPUTY_HAS_MS = 4 * HOUR_MS;
const AGAIN_MS = 24 * HOUR_MS;
/** Where nobody says when a supported case is looked at again. */
const REVIEWED_IN_MS = 7 * 24 * HOUR_MS;

/** A peer who has not been told after so long: whoever may tell them is reminded, and then daily. */
const TOLD_WITHIN_MS = 24 * HOUR_MS;
/** Somebody else has looked at it within so long. */
const APPEAL_HEARD_IN_MS = 72 * HOUR_MS;
/** What one of two has said does not wait longer for the other before leads hear of it. */
const SECOND_WORD_IN_MS = 24 * HOUR_MS;

/** Who is to be in touch, and within how many hours. */
export interface ContactAsked {
  readonly contactHours: number;
  /** The first who is there to ask. */
  readonly askedOf: Exclude<AskedOf, 'nobody'>;
}

export type Opening = Pick<FlagCase, 'id' | 'personId' | 'origin' | 'raisedBy'>;

/** Nothing is owed yet but that the peer is told. */
export function opened(opening: Opening, now: Date): FlagCase {
  return timed({
    ...opening, state: 'open', openedAt: now, toldAt: null, contactDueAt: null, contactMadeAt: null, contactMadeBy: null, askedOf: 'nobody', reviewAt: null, remindedAt: null,
    appealedAt: null, appealOutcome: null, appealHeardBy: null, appealHeardAt: null, appealDueAt: null, appealAskedOf: null, appealAskedAt: null, ...NO_WORD_WAITS,
    closedAt: null, nextDueAt: null, version: 1,
  });
}

/** The peer knows: from now on somebody owes them a supportive contact. */
export function told(before: FlagCase, { contactHours, askedOf }: ContactAsked, now: Date): FlagCase {
  return changed(before, { toldAt: before.toldAt ?? now, remindedAt: before.toldAt ? before.remindedAt : null, contactDueAt: after(now, contactHours * HOUR_MS), askedOf });
}

/** Stepping back while a case is open: the same case, and somebody gets in touch once more. */
export function steppedBackAgain(before: FlagCase, asked: ContactAsked, now: Date): FlagCase {
  return told({ ...before, contactMadeAt: null, contactMadeBy: null, ...NO_WORD_WAITS }, asked, now);
}

/** Somebody else shall look at it. */
export function appealed(before: FlagCase, askedOf: AppealAskedOf, now: Date): FlagCase {
  return changed(before, {
    appealedAt: now, appealOutcome: null, appealHeardBy: null, appealHeardAt: null, appealDueAt: after(now, APPEAL_HEARD_IN_MS), appealAskedOf: askedOf, appealAskedAt: now,
  });
}

export function appealHeard(before: FlagCase, by: string, outcome: 'stays' | 'granted', now: Date): FlagCase {
  return changed(before, { appealOutcome: outcome, appealHeardBy: by, appealHeardAt: now, ...NO_APPEAL_WAITS });
}

/** What follows from a granted appeal. */
type Grant = 'dismiss' | 'approve-exit' | 'first-word' | 'step-over' | 'contact-first';

/**
 * What was set ends where one person may end it; else it is the word of one of two. Who stepped back again hears from somebody
 * before it is over, whoever has agreed to that. Null: it is over.
 */
export function grantOf({ state, contactMadeAt }: Pick<FlagCase, 'state' | 'contactMadeAt'>): Grant | null {
  switch (state) {
    case 'open':
      return 'dismiss';
    case 'supported':
      return contactMadeAt ? 'dismiss' : 'contact-first';
    case 'restricted':
    case 'on-leave':
      return contactMadeAt ? 'approve-exit' : 'first-word';
    case 'returning':
      return contactMadeAt ? 'step-over' : 'contact-first';
    case 'closed':
      return null;
  }
}

const NO_APPEAL_WAITS = { appealDueAt: null, appealAskedOf: null, appealAskedAt: null } as const;

/** One of two has said that it may end. Saying it again gives the other no more time. */
export function firstWord(before: FlagCase, now: Date): FlagCase {
  return changed(before, { wordDueAt: before.wordDueAt ?? after(now, SECOND_WORD_IN_MS), wordAskedAt: before.wordAskedAt ?? now });
}

/** What was said about ending it is taken back, or has been done. */
export const NO_WORD_WAITS = { wordDueAt: null, wordAskedAt: null } as const;

/** The next version, with the time at which something is owed again. */
export function changed(before: FlagCase, change: Partial<FlagCase>): FlagCase {
  return timed({ ...before, ...change, version: before.version + 1 });
}

/** Null: it does not go this way from here. */
export function step(before: FlagCase, act: CaseAct, now: Date, change: Partial<FlagCase> = {}): FlagCase | null {
  const state = moved(before.state, act);
  // Who stepped back again on the way back hears from somebody before it is over.
  if (!state || (act === 'finish' && !before.contactMadeAt)) return null;
  return changed(before, { ...change, state, ...NO_WORD_WAITS, ...(state === 'closed' ? { closedAt: now, askedOf: 'nobody' as const, ...NO_APPEAL_WAITS } : {}) });
}

/** Somebody was in touch: that is what makes an open case a supported one. */
export function contacted(before: FlagCase, by: string, now: Date): FlagCase {
  const made = { contactMadeAt: now, contactMadeBy: by, askedOf: 'nobody' as const };
  return step(before, 'support', now, { ...made, reviewAt: before.reviewAt ?? after(now, REVIEWED_IN_MS) }) ?? changed(before, made);
}

/** Somebody looked at it again, and named no date for the next time. */
export function lookedAtAgain(before: FlagCase, now: Date): FlagCase {
  return changed(before, { reviewAt: after(now, REVIEWED_IN_MS) });
}

export type Timer =
  | { readonly kind: 'nothing' }
  /** The peer has not been told: who may tell them is reminded, and nobody else hears of it. */
  | { readonly kind: 'untold' }
  /** Nobody was in touch in time: the next one is asked. */
  | { readonly kind: 'contact-missed'; readonly ask: Exclude<AskedOf, 'nobody' | 'supervisor'> }
  /** Nobody heard the appeal in time. */
  | { readonly kind: 'appeal-missed' }
  /** The second of two did not say in time what the first has said. */
  | { readonly kind: 'word-missed' }
  | { readonly kind: 'review' }
  /** Looked at again after it was closed, as was said then. */
  | { readonly kind: 'reopen' };

/** What is due about a case now. */
export function dueOf(held: FlagCase, now: Date): Timer {
  if (isPast(untoldTimer(held), now)) return { kind: 'untold' };
  if (isPast(contactTimer(held), now)) return { kind: 'contact-missed', ask: held.askedOf === 'supervisor' ? 'deputy' : 'supervisor-lead' };
  if (isPast(appealTimer(held), now)) return { kind: 'appeal-missed' };
  if (isPast(wordTimer(held), now)) return { kind: 'word-missed' };
  if (!isPast(reviewTimer(held), now)) return { kind: 'nothing' };
  return { kind: held.state === 'closed' ? 'reopen' : 'review' };
}

function isPast(time: Date | null, now: Date): boolean {
  return time !== null && time <= now;
}

function timed(held: FlagCase): FlagCase {
  const times = [untoldTimer(held), contactTimer(held), appealTimer(held), wordTimer(held), reviewTimer(held)].filter((time) => time !== null).map((time) => time.getTime());
  return { ...held, nextDueAt: times.length > 0 ? new Date(Math.min(...times)) : null };
}

function untoldTimer({ state, toldAt, openedAt, remindedAt }: FlagCase): Date | null {
  return state === 'closed' || toldAt ? null : untoldDueAt(openedAt, remindedAt);
}

/** When whoever may tell the peer of what was raised then is reminded that nobody has. */
export function untoldDueAt(raisedAt: Date, remindedAt: Date | null): Date {
  return remindedAt ? after(remindedAt, AGAIN_MS) : after(raisedAt, TOLD_WITHIN_MS);
}

function appealTimer({ appealDueAt, appealAskedAt }: FlagCase): Date | null {
  return askedTimer(appealDueAt, appealAskedAt);
}

function wordTimer({ wordDueAt, wordAskedAt }: FlagCase): Date | null {
  return askedTimer(wordDueAt, wordAskedAt);
}

/** At its time, and daily from then on. */
function askedTimer(dueAt: Date | null, askedAt: Date | null): Date | null {
  if (!dueAt || !askedAt) return null;
  return askedAt >= dueAt ? after(askedAt, AGAIN_MS) : dueAt;
}

function contactTimer({ state, askedOf, contactMadeAt, contactDueAt, remindedAt }: FlagCase): Date | null {
  if (state === 'closed' || contactMadeAt || !contactDueAt) return null;
  switch (askedOf) {
    case 'nobody':
      return null;
    case 'supervisor':
      return contactDueAt;
    case 'deputy':
      return after(contactDueAt, DEPUTY_HAS_MS);
    case 'supervisor-lead':
      // Theirs from the start, they are reminded first when it is due.
      return remindedAt && remindedAt >= contactDueAt ? after(remindedAt, AGAIN_MS) : contactDueAt;
  }
}

/** Once a day from the date on, until the date is moved. */
function reviewTimer({ reviewAt, remindedAt }: FlagCase): Date | null {
  if (!reviewAt) return null;
  return remindedAt && remindedAt >= reviewAt ? after(remindedAt, AGAIN_MS) : reviewAt;
}
