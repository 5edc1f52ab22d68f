import type { SupervisionPolicy, SupervisionTrack } from '../../programmes/domain/care-policy.js';
import { after, earliest, HOUR_MS } from '../../platform/time.js';

export const DAY_MS = 24 * HOUR_MS;
/** Shown as coming up for so long before it is due. */
const SOON_MS = 7 * DAY_MS;

/** What carries a new peer through their first months is weekly then; the others keep their cadence. */
const WEEKLY_WHILE_NEW: readonly SupervisionTrack[] = ['clinical-guidance', 'emotional-support'];

/** Days to the next session; of several programmes the one that asks for it soonest. `since`: when the person came. */
export function cadenceDays(track: SupervisionTrack, policies: readonly SupervisionPolicy[], since: Date, now: Date): number {
  const each = policies.map((policy) => {
    const isNew = now < after(since, policy.newPeerDays * DAY_MS) && WEEKLY_WHILE_NEW.includes(track);
    return isNew ? Math.min(policy.cadenceDays[track], policy.newPeerCadenceDays) : policy.cadenceDays[track];
  });
  return Math.min(...each);
}

/** A session moves its track on from when it was held; one that is entered late never calls a later date back. */
export function dueAfter(track: SupervisionTrack, heldAt: Date, dueAt: Date | null, policies: readonly SupervisionPolicy[], since: Date): Date {
  const next = after(heldAt, cadenceDays(track, policies, since, heldAt) * DAY_MS);
  return dueAt !== null && dueAt > next ? dueAt : next;
}

/** For who has no date yet. A new peer is shown around first, whatever the cadence of it is later. */
export function firstDue(track: SupervisionTrack, policies: readonly SupervisionPolicy[], since: Date, now: Date): Date {
  const newcomers = policies.filter((policy) => now < after(since, policy.newPeerDays * DAY_MS)).map((policy) => policy.newPeerCadenceDays);
  const days = cadenceDays(track, policies, since, now);
  return after(now, (track === 'orientation' ? Math.min(days, ...newcomers) : days) * DAY_MS);
}

export const DUE_STANDINGS = ['in-time', 'soon', 'due', 'overdue'] as const;
export type DueStanding = (typeof DUE_STANDINGS)[number];

/** `due` warns; `overdue` is past the grace, and the peer is asked for nothing until the session was held. */
export function dueStanding(dueAt: Date, graceDays: number, now: Date): DueStanding {
  if (restrictsAt(dueAt, graceDays) < now) return 'overdue';
  if (dueAt <= now) return 'due';
  return after(dueAt, -SOON_MS) <= now ? 'soon' : 'in-time';
}

/** From then on the peer is asked for nothing until the session was held. */
export function restrictsAt(dueAt: Date, graceDays: number): Date {
  return after(dueAt, graceDays * DAY_MS);
}

/** How many days before that its peer and their supervisor hear of it. */
export const WARNED_DAYS = [7, 1] as const;
export type WarnedDays = (typeof WARNED_DAYS)[number];

interface RestrictionWarning {
  /** What is to be said now; null: nothing. */
  readonly say: WarnedDays | null;
  /** When it is looked at again; null: everything has been said. */
  readonly lookAt: Date | null;
}

/** Each once. The grace may change while it runs: it is looked at again at least once a day. */
export function restrictionWarning(dueAt: Date, graceDays: number, warned: WarnedDays | null, now: Date): RestrictionWarning {
  const at = restrictsAt(dueAt, graceDays);
  const [first, last] = WARNED_DAYS.map((days) => after(at, -days * DAY_MS)) as [Date, Date];
  if (warned === 1 || at < now) return { say: null, lookAt: null };
  if (last <= now) return { say: 1, lookAt: null };
  const tomorrow = after(now, DAY_MS);
  if (warned === 7) return { say: null, lookAt: earliest([last, tomorrow]) };
  return first <= now ? { say: 7, lookAt: earliest([last, tomorrow]) } : { say: null, lookAt: earliest([first, tomorrow]) };
}
