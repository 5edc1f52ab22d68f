import type { SupervisionPolicy, SupervisionTrack } from '../../programmes/domain/care-policy.js';
import { after, HOUR_MS } from '../../platform/time.js';

export const DAY_MS = 24 * HOUR_MS;
/** Shown as coming up for so long before it is due. */
export const SOON_MS = 7 * DAY_MS;

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
  if (after(dueAt, graceDays * DAY_MS) < now) return 'overdue';
  if (dueAt <= now) return 'due';
  return after(dueAt, -SOON_MS) <= now ? 'soon' : 'in-time';
}
