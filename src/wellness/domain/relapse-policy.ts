import { assertNever } from '../../platform/errors.js';
import { after, earliest, HOUR_MS } from '../../platform/time.js';

interface Words {
  readonly en: string;
  readonly es: string;
}

/** What a relapse policy says; what it is called is the programme's own choice. */
export interface PolicyWords {
  readonly label: Words;
  readonly text: Words;
  /** Within so many hours somebody who stepped back is supported in person. */
  readonly contactHours: number;
}

export interface PolicyDates {
  readonly effectiveAt: Date;
  readonly reviewAt: Date;
  readonly expiresAt: Date;
}

const DAY_MS = 24 * HOUR_MS;
/** Product §9. */
const GRACE_DAYS = 14;
/** A supervisor confirms daily. */
const CONFIRMED_FOR_MS = DAY_MS;
/** So long before a confirmation runs out, supervisors are asked for the next one. */
const CONFIRM_ASKED_BEFORE_MS = 4 * HOUR_MS;
/** And again each hour, until one of them has confirmed or the grace is over. */
const CONFIRM_ASKED_AGAIN_MS = HOUR_MS;
/** Whoever may approve the next version hears so long before this one expires, whatever date was set (facts §8), and then weekly. */
const REVIEWED_BEFORE_EXPIRY_MS = 90 * DAY_MS;
const REVIEW_ASKED_AGAIN_MS = 7 * DAY_MS;
/** Nobody agrees today to what holds for ever. */
const LONGEST_DAYS = 731;

export interface PolicyFacts {
  /** Of the newest approved version that has taken effect. */
  readonly expiresAt: Date | null;
  /** For programmes that served before there were relapse policies. */
  readonly graceBeganAt: Date | null;
  readonly confirmedAt: Date | null;
}

/** Whether a programme may serve by its relapse policy. */
export type PolicyStanding =
  | { readonly kind: 'in-force'; readonly expiresAt: Date }
  | { readonly kind: 'grace'; readonly endsAt: Date; readonly confirmBy: Date }
  /** Nobody confirmed in time; the next confirmation puts it right. */
  | { readonly kind: 'unconfirmed'; readonly endsAt: Date; readonly since: Date }
  /** Since null: there never was one, and the programme is not live yet. */
  | { readonly kind: 'missing'; readonly since: Date | null };

export function policyStanding({ expiresAt, graceBeganAt, confirmedAt }: PolicyFacts, now: Date): PolicyStanding {
  if (expiresAt && now < expiresAt) return { kind: 'in-force', expiresAt };
  const began = expiresAt ?? graceBeganAt;
  if (!began) return { kind: 'missing', since: null };
  const endsAt = after(began, GRACE_DAYS * DAY_MS);
  const last = confirmedAt && confirmedAt > began ? confirmedAt : began;
  const confirmBy = after(last, CONFIRMED_FOR_MS);
  if (now >= endsAt) return { kind: 'missing', since: confirmBy < endsAt ? confirmBy : endsAt };
  return now < confirmBy ? { kind: 'grace', endsAt, confirmBy } : { kind: 'unconfirmed', endsAt, since: confirmBy };
}

/** Whether peers may be asked for a request that came in then. What came in while the policy held is served to the end. */
export function serves(standing: PolicyStanding, receivedAt: Date): boolean {
  if (standing.kind === 'in-force' || standing.kind === 'grace') return true;
  return standing.since !== null && receivedAt < standing.since;
}

/** From then on supervisors are asked to confirm; null: there will be nothing to confirm. What holds until the grace ends needs nobody's word. */
export function confirmationAskedAt(standing: PolicyStanding): Date | null {
  switch (standing.kind) {
    case 'in-force':
      return after(standing.expiresAt, CONFIRMED_FOR_MS - CONFIRM_ASKED_BEFORE_MS);
    case 'grace':
      return standing.confirmBy < standing.endsAt ? after(standing.confirmBy, -CONFIRM_ASKED_BEFORE_MS) : null;
    case 'unconfirmed':
      return after(standing.since, -CONFIRM_ASKED_BEFORE_MS);
    case 'missing':
      return null;
    default:
      return assertNever(standing);
  }
}

/** When somebody must next see to a programme's policy: ask for its confirmation, or note that the next version has taken effect. */
export function policyDueAt(standing: PolicyStanding, nextEffectiveAt: Date | null, now: Date): Date | null {
  const asked = confirmationAskedAt(standing);
  const ask = asked && asked <= now ? after(now, CONFIRM_ASKED_AGAIN_MS) : asked;
  return earliest([ask, nextEffectiveAt]);
}

/** From then on it is to be looked at again. */
export function reviewDueAt({ effectiveAt, reviewAt, expiresAt }: PolicyDates): Date {
  const ahead = after(expiresAt, -REVIEWED_BEFORE_EXPIRY_MS);
  return ahead > effectiveAt && ahead < reviewAt ? ahead : reviewAt;
}

/** When approvers are reminded next, at that moment or after it. */
export function reviewAskedAt(dates: PolicyDates, from: Date): Date {
  const dueAt = reviewDueAt(dates);
  const late = Math.max(0, from.getTime() - dueAt.getTime());
  return after(dueAt, Math.ceil(late / REVIEW_ASKED_AGAIN_MS) * REVIEW_ASKED_AGAIN_MS);
}

const ANNOUNCED_AGAIN_MS = DAY_MS;

/** When whoever has not acknowledged it yet hears of an approved version: now, and again the day before it takes effect where that is still to come. */
export function announcedAt(effectiveAt: Date, now: Date): Date[] {
  const again = after(effectiveAt, -ANNOUNCED_AGAIN_MS);
  return again > now ? [now, again] : [now];
}

/** Peers acknowledge a version beforehand (product §9): so long they have at least, where its taking effect would end what they serve by. */
const READ_BEFOREHAND_MS = DAY_MS;

/**
 * A version that takes effect silences whoever has not acknowledged it. Where peers are asked by an older one, the next
 * takes effect a day after its approval at the earliest, or when the grace of the older one ends; elsewhere at once.
 */
export function earliestEffect(standing: PolicyStanding, now: Date): Date {
  switch (standing.kind) {
    case 'in-force':
      return after(now, READ_BEFOREHAND_MS);
    case 'grace':
      return earliest([after(now, READ_BEFOREHAND_MS), standing.endsAt]) ?? now;
    case 'unconfirmed':
    case 'missing':
      return now;
    default:
      return assertNever(standing);
  }
}

interface DateFault {
  readonly field: keyof PolicyDates;
  readonly code: string;
  readonly message: string;
}

/** What is wrong with the dates somebody approves a policy for, in a programme that stands so. A beginning in the past counts as now. */
export function dateFaults({ effectiveAt, reviewAt, expiresAt }: PolicyDates, standing: PolicyStanding, now: Date): DateFault[] {
  const from = effectiveAt < now ? now : effectiveAt;
  if (from < earliestEffect(standing, now)) return [{ field: 'effectiveAt', code: 'too-soon', message: 'Peers serve by the version before: leave them a day at least to acknowledge this one.' }];
  if (expiresAt <= from) return [{ field: 'expiresAt', code: 'before-effective', message: 'It expires after it takes effect.' }];
  if (expiresAt > after(from, LONGEST_DAYS * DAY_MS)) return [{ field: 'expiresAt', code: 'too-late', message: 'It holds for two years at most.' }];
  if (reviewAt < from || reviewAt > expiresAt) return [{ field: 'reviewAt', code: 'outside', message: 'It is reviewed while it is in force.' }];
  return [];
}
