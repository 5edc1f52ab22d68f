import type { FieldError } from '../../platform/errors.js';
import { HOUR_MS } from '../../platform/time.js';
import type { ContactKind } from '../../programmes/domain/contact-kind.js';

export const DUTY_ROLES = ['peer', 'supervisor'] as const;
export type DutyRole = (typeof DUTY_ROLES)[number];
export const DUTY_MODES = ['active', 'on-call'] as const;
export type DutyMode = (typeof DUTY_MODES)[number];

export const LONGEST_DUTY_MS = 16 * HOUR_MS;

export interface Place {
  /** Five-digit FIPS code of the county. */
  readonly countyFips?: string;
  readonly zip?: string;
  /** Degrees, WGS 84. */
  readonly lat?: number;
  readonly lon?: number;
}

interface DutyTerms {
  readonly mode: DutyMode;
  readonly programmeIds: readonly string[];
  readonly contactKinds: readonly ContactKind[];
  /** Null: any. 3 means nothing more urgent than 3. */
  readonly maxAcuity: 1 | 2 | 3 | 4 | null;
  readonly buddyOnly: boolean;
  /** People at once. */
  readonly capacity: number;
  readonly place: Place | null;
}

/** One row of on_duty. A person may be on duty as peer and as supervisor at once. */
export interface DutyRow extends DutyTerms {
  readonly personId: string;
  readonly dutyAs: DutyRole;
  readonly since: Date;
  /** When the mode last changed within this duty; null: it has been the same since it began. */
  readonly modeSince: Date | null;
  readonly until: Date;
  /** Checked out, and still with somebody: nothing new, and the row goes when the last contact ends. */
  readonly draining: boolean;
  /** Offers in a row that ran out without a word. */
  readonly unanswered: number;
  /** When they were asked whether they are still there; null: nothing is asked. */
  readonly stillHereAskedAt: Date | null;
  /** Silent until then, they are off duty. */
  readonly stillHereDueAt: Date | null;
  readonly version: number;
}

/** What a person asks for when they check in. */
export interface CheckIn extends DutyTerms {
  readonly dutyAs: DutyRole;
  readonly until: Date;
}

export interface CheckInFacts {
  /** Active programmes the person belongs to. */
  readonly programmeIds: readonly string[];
  /** What their profile takes; null for a supervisor, whose duty has no contacts. */
  readonly contactKinds: readonly ContactKind[] | null;
}

/** Every field that does not fit the person or the hour; none: they may check in. */
export function faultsOf(ask: CheckIn, facts: CheckInFacts, now: Date): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (field: string, code: string, message: string): void => void faults.push({ field, code, message });
  const lengthMs = ask.until.getTime() - now.getTime();
  if (lengthMs <= 0) fault('until', 'in-the-past', 'A duty ends in the future.');
  if (lengthMs > LONGEST_DUTY_MS) fault('until', 'too-long', 'A duty lasts at most 16 hours.');
  ask.programmeIds.forEach((id, index) => {
    if (!facts.programmeIds.includes(id)) fault(`programmeIds.${index}`, 'not-a-member', 'You do not belong to this programme.');
  });
  const takes = facts.contactKinds;
  if (takes) {
    if (ask.contactKinds.length === 0) fault('contactKinds', 'missing', 'Name at least one kind of contact.');
    ask.contactKinds.forEach((kind, index) => {
      if (!takes.includes(kind)) fault(`contactKinds.${index}`, 'not-in-profile', 'Your profile does not include this kind of contact.');
    });
  }
  return faults;
}

/**
 * Since when the person counts as on duty. Checking in again carries on the duty that runs; a new one begins when
 * there is none, or when it would grow longer than a duty may be.
 */
export function sinceOf(current: Pick<DutyRow, 'since' | 'until'> | null, until: Date, now: Date): Date {
  const runs = current !== null && current.until > now;
  return runs && until.getTime() - current.since.getTime() <= LONGEST_DUTY_MS ? current.since : now;
}

/** A part of a duty in one mode. */
interface Stretch {
  readonly since: Date;
  readonly mode: DutyMode;
}

/** The part of the duty that goes on. */
export function stretchOf({ since, modeSince, mode }: Pick<DutyRow, 'since' | 'modeSince' | 'mode'>): Stretch {
  return { since: modeSince ?? since, mode };
}

/** For `modeSince`: a duty that is carried on in its mode keeps when that began; in another, it begins now; a new duty has none. */
export function modeSinceOf(current: Pick<DutyRow, 'since' | 'modeSince' | 'mode'> | null, next: Stretch, now: Date): Date | null {
  if (!current || current.since < next.since) return null;
  return current.mode === next.mode ? current.modeSince : now;
}

/** What the matcher filters by: `programme:<id>`, `kind:<contact kind>`, `language:<tag>`. */
export function traitsOf(terms: Pick<DutyTerms, 'programmeIds' | 'contactKinds'>, languages: readonly string[]): string[] {
  return [
    ...terms.programmeIds.map((id) => `programme:${id}`),
    ...terms.contactKinds.map((kind) => `kind:${kind}`),
    ...languages.map((language) => `language:${language}`),
  ];
}

/** `check-out` lets a live contact run on; `leave` hands it over, because the person is away from now on. */
export type HowToLeave = 'check-out' | 'leave';

export interface OpenWork {
  readonly liveAssignments: number;
  /** Of these, the ones somebody else is being found for. */
  readonly handingOver: number;
  readonly pendingOffers: number;
}

/** Something the engine has yet to take off their hands before they can go. */
export function holdsBack(how: HowToLeave, work: OpenWork): boolean {
  return work.pendingOffers > 0 || (how === 'leave' && work.liveAssignments > work.handingOver);
}

type Leaving = 'give-back-first' | 'drain' | 'stay-draining' | 'release';

/** How somebody leaves duty: an offer is given back before anything else, and nobody who is in contact is cut off. */
export function leaving(how: HowToLeave, draining: boolean, work: OpenWork): Leaving {
  if (holdsBack(how, work)) return 'give-back-first';
  if (work.liveAssignments === 0) return 'release';
  return draining ? 'stay-draining' : 'drain';
}

/** Whether a duty has come to its end by itself: by the hour, or because its peer was asked and stayed silent. */
export function isOver(duty: Pick<DutyRow, 'until' | 'stillHereDueAt' | 'draining'>, now: Date): boolean {
  return duty.draining || duty.until <= now || (duty.stillHereDueAt !== null && duty.stillHereDueAt <= now);
}

type AfterNoAnswer = 'count' | 'ask' | 'leave-be';

/** An offer ran out without a word. Who is leaving, or has been asked already, is not asked again. */
export function afterNoAnswer(duty: Pick<DutyRow, 'unanswered' | 'stillHereAskedAt' | 'draining'>, stillHereAfter: number): AfterNoAnswer {
  if (duty.draining || duty.stillHereAskedAt !== null) return 'leave-be';
  return duty.unanswered + 1 >= stillHereAfter ? 'ask' : 'count';
}
