import { after, HOUR_MS } from '../../platform/time.js';
import { renews, type Credential } from './credential.js';

/** How many days before a credential ends its peer and their supervisor are reminded. */
export const REMINDER_DAYS = [90, 30, 7] as const;
type ReminderDays = (typeof REMINDER_DAYS)[number];
const DAY_MS = 24 * HOUR_MS;

export interface ReminderTerm {
  readonly daysBefore: ReminderDays;
  readonly dueAt: Date;
}

/** Those still to come: what was recorded late is not reminded of all at once. */
export function reminderTerms(expiresAt: Date | null, now: Date): ReminderTerm[] {
  if (expiresAt === null) return [];
  return REMINDER_DAYS.map((daysBefore) => ({ daysBefore, dueAt: after(expiresAt, -daysBefore * DAY_MS) })).filter(({ dueAt }) => dueAt > now);
}

/** Of all a peer holds, those whose end is worth a word: not revoked, and nothing of theirs goes on after it. */
export function endingForGood(all: readonly Credential[]): Credential[] {
  return all.filter((each) => each.revokedAt === null && each.expiresAt !== null && !all.some((other) => renews(other, each)));
}
