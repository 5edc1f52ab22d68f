import type { FieldError } from '../../platform/errors.js';
import { after, HOUR_MS } from '../../platform/time.js';

export const SESSION_STATES = ['planned', 'held', 'missed', 'rescheduled', 'cancelled'] as const;
export type SessionState = (typeof SESSION_STATES)[number];
export type SessionAct = 'hold' | 'miss' | 'reschedule' | 'cancel';

/** `missed` says that it did not take place, never whose doing that was; it may turn out to have been held. */
export const SESSION_MACHINE: Readonly<Record<SessionState, Partial<Readonly<Record<SessionAct, SessionState>>>>> = {
  planned: { hold: 'held', miss: 'missed', reschedule: 'rescheduled', cancel: 'cancelled' },
  missed: { hold: 'held', reschedule: 'rescheduled' },
  held: {},
  rescheduled: {},
  cancelled: {},
};

/** Null: this act has no place in that state. */
export function nextState(state: SessionState, act: SessionAct): SessionState | null {
  return SESSION_MACHINE[state][act] ?? null;
}

const REMIND_AHEAD_MS = 24 * HOUR_MS;
const FARTHEST_MS = 366 * 24 * HOUR_MS;
/** Sessions are entered after the fact, not from memory. */
const OLDEST_HELD_MS = 31 * 24 * HOUR_MS;

/** Null: it was planned for so soon that planning it was the reminder. */
export function remindAt(plannedAt: Date, now: Date): Date | null {
  const at = after(plannedAt, -REMIND_AHEAD_MS);
  return at > now ? at : null;
}

export function planFaults(plannedAt: Date, now: Date): FieldError[] {
  if (plannedAt <= now) return [{ field: 'plannedAt', code: 'past', message: 'Plan it for a time to come.' }];
  return plannedAt > after(now, FARTHEST_MS) ? [{ field: 'plannedAt', code: 'too-far', message: 'Plan at most a year ahead.' }] : [];
}

export function heldFaults(heldAt: Date, now: Date): FieldError[] {
  if (heldAt > now) return [{ field: 'heldAt', code: 'future', message: 'It has not been held yet.' }];
  return heldAt < after(now, -OLDEST_HELD_MS) ? [{ field: 'heldAt', code: 'too-old', message: 'Sessions are entered within a month.' }] : [];
}
