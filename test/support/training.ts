import type { CredentialToRecord } from '../../src/peers/credentials.service.js';
import { after, HOUR_MS } from '../../src/platform/time.js';

/** What programmes ask of everybody unless their policy says otherwise. It does not end: no story of another subject runs into it. */
export function whatProgrammesAsk(now: Date): CredentialToRecord[] {
  return ['peer-training', 'agency-orientation'].map((code) => ({
    code, issuedOn: after(now, -30 * 24 * HOUR_MS).toISOString().slice(0, 10), expiresAt: null, issuer: 'Academy', hours: 8, attested: false,
    state: null, result: null, number: null, ceHours: null, ceHoursNeeded: null,
  }));
}
