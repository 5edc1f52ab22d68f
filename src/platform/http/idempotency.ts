import { createHmac } from 'node:crypto';

/** One key belongs to one caller on one route, its ids included. */
export interface IdempotencyScope {
  readonly principal: string;
  readonly route: string;
  readonly key: string;
}

export interface KeptAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface KeyRow {
  readonly fingerprint: Buffer;
  readonly status: 'running' | 'done';
  readonly responseStatus: number | null;
  readonly responseBody: unknown;
}

const KEY = /^[\x21-\x7e]{1,200}$/;

export function isIdempotencyKey(value: unknown): value is string {
  return typeof value === 'string' && KEY.test(value);
}

/** A key of our own for fingerprints, so that they tell nothing about requester keys hashed under the same secret. */
export function fingerprintKey(secret: Buffer): Buffer {
  return createHmac('sha256', secret).update('idempotency fingerprint', 'utf8').digest();
}

/** The same for two bodies that mean the same: the order of fields does not count. */
export function fingerprintOf(key: Buffer, body: unknown): Buffer {
  return createHmac('sha256', key).update(canonical(body), 'utf8').digest();
}

function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );
}

/**
 * Whether the answer of a finished call is kept for its repeats. A refused body wrote nothing and may be put right
 * under the same key; faults of ours and passing refusals may be tried again. So may what was not found: either nothing was
 * done, or all was and only who did it may not see it at this moment, and then the key must still lead there.
 */
export function isKept(status: number): boolean {
  return (status >= 200 && status < 300) || status === 409 || status === 412;
}

type Held = 'replay' | 'reused' | 'in-progress';

/** What a repeat hears while somebody holds the key. */
export function judgeHeld(row: KeyRow, fingerprint: Buffer): Held {
  if (!row.fingerprint.equals(fingerprint)) return 'reused';
  return row.status === 'done' ? 'replay' : 'in-progress';
}
