import type { FieldError } from '../../platform/errors.js';
import { after, HOUR_MS } from '../../platform/time.js';

/** Farther ahead nobody remembers that it comes. */
const LONGEST_AHEAD_MS = 366 * 24 * HOUR_MS;

/** What is wrong with the time a version is to begin; null: nothing. */
export function beginningFault(effectiveFrom: Date, now: Date): FieldError | null {
  const fault = (code: string, message: string): FieldError => ({ field: 'effectiveFrom', code, message });
  if (effectiveFrom <= now) return fault('in-the-past', 'Choose a time that is still to come.');
  return effectiveFrom > after(now, LONGEST_AHEAD_MS) ? fault('too-far', 'Choose a time within a year.') : null;
}
