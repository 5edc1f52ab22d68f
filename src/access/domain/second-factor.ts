import { SECOND_MS } from '../../platform/time.js';
import type { Role } from './principal.js';

/** RFC 6238 as every authenticator app has it: SHA-1, six figures, a new code every 30 seconds. */
export const PERIOD_SECONDS = 30;
export const DIGITS = 6;
/** RFC 6238 §5.2: one step to either side makes up for a clock that is off and a slow hand. */
export const WINDOW_STEPS = 1;
/** RFC 4226 §4 R6 recommends 160 bits. */
export const SECRET_BYTES = 20;
export const RECOVERY_CODES = 10;
/** 80 bits each, so that ten of them and a throttled door are far beyond guessing. */
export const RECOVERY_BYTES = 10;

/** Everybody but peers sees other people's requests or settings. */
export function needsSecondFactor(roles: readonly Role[], forStaff: boolean): boolean {
  return forStaff && roles.some((role) => role !== 'peer');
}

export function stepAt(now: Date): number {
  return Math.floor(now.getTime() / (PERIOD_SECONDS * SECOND_MS));
}

/**
 * The step a code was taken of, null when it does not count: it fits no step near `now` (`delta` null), or it or a newer
 * one was used before.
 */
export function stepUsed(delta: number | null, now: Date, lastStep: number): number | null {
  if (delta === null) return null;
  const step = stepAt(now) + delta;
  return step > lastStep ? step : null;
}

type CodeTyped = { readonly kind: 'totp'; readonly code: string } | { readonly kind: 'recovery'; readonly code: string };

/** What somebody typed, without the spaces and hyphens people put in. */
export function codeTyped(text: string): CodeTyped {
  const code = text.replace(/[\s-]/g, '').toLowerCase();
  return /^\d{6}$/.test(code) ? { kind: 'totp', code } : { kind: 'recovery', code };
}

// Crockford's base32: no i, l, o, u, which are misread or make words.
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** Five bits to a letter. As it is kept and compared; {@link legible} is for people. */
export function recoveryCode(bytes: Uint8Array): string {
  let [code, bits, held] = ['', 0, 0];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) code += LETTERS[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return code;
}

export function legible(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code;
}
