import { after, HOUR_MS } from '../../platform/time.js';
import type { LinkPurpose } from './one-time-link.js';

export const RESET_KINDS = ['password', 'second-factor'] as const;
export type ResetKind = (typeof RESET_KINDS)[number];

/** Somebody else changed how a person signs in, and could come in as them. */
export interface AccountReset {
  readonly what: ResetKind;
  /** Name of who did it; null: on the server's command line. */
  readonly by: string | null;
  readonly at: Date;
}

/** So long the person has to hear of it and to say that they did not ask for it, before what tells of them alone is shown. */
const SHUT_MS = 24 * HOUR_MS;

export function opensAt({ at }: Pick<AccountReset, 'at'>): Date {
  return after(at, SHUT_MS);
}

/** Who is invited chooses their first password; there is nothing behind it yet that somebody else could see. */
export function resetsPassword(purpose: LinkPurpose, hadPassword: boolean): boolean {
  return hadPassword && purpose !== 'invite';
}
