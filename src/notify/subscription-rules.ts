import { createECDH } from 'node:crypto';
import type { FieldError } from '../platform/errors.js';

export interface PushSubscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  /** null: until the browser says otherwise. */
  readonly expiresAt: Date | null;
}

/** `allowed`: whether the endpoint may be called at all. */
export function faultsOf(subscription: PushSubscription, allowed: boolean, now: Date): FieldError[] {
  const faults: FieldError[] = [];
  if (!allowed) faults.push({ field: 'endpoint', code: 'invalid', message: 'must be an https address of a known push service' });
  if (!isPoint(subscription.keys.p256dh)) faults.push({ field: 'keys.p256dh', code: 'invalid', message: 'must be a public key on the curve P-256' });
  if (subscription.expiresAt && subscription.expiresAt <= now) faults.push({ field: 'expirationTime', code: 'invalid', message: 'must be in the future' });
  return faults;
}

/** Encrypting to anything else fails (RFC 8291 §3.1), and then it is too late to say so. */
function isPoint(p256dh: string): boolean {
  const own = createECDH('prime256v1');
  own.generateKeys();
  try {
    own.computeSecret(p256dh, 'base64url');
    return true;
  } catch {
    return false;
  }
}
