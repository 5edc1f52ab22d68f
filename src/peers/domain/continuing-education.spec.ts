import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ceStanding } from './continuing-education.js';
import type { Credential } from './credential.js';

const AT = new Date('2026-06-15T20:00:00Z');
const credential = (said: Partial<Credential>): Credential => ({
  id: 'x', personId: 'p', code: 'continuing-education', credentialClass: 'training', issuer: null, state: null, result: null, issuedOn: '2026-01-01', expiresAt: null,
  hours: null, ceHours: null, ceHoursNeeded: null, attestedBy: null, recordedAt: AT, revokedAt: null, ...said,
});
const CERTIFIED = credential({ id: 'c', code: 'certified-mh', credentialClass: 'certification', issuedOn: '2025-03-01', expiresAt: new Date('2027-03-01T08:00:00Z'), ceHoursNeeded: 20 });
const training = (issuedOn: string, ceHours: number | null, said: Partial<Credential> = {}): Credential => credential({ issuedOn, ceHours, ...said });

describe('hours of continuing education', () => {
  it('are summed over the renewal period, its first and last day included', () => {
    const all = [CERTIFIED, training('2025-02-28', 4), training('2025-03-01', 1.5), training('2026-05-01', 3), training('2027-03-01', 2), training('2027-03-02', 8)];
    expect(ceStanding(CERTIFIED, all)).toEqual({ credentialId: 'c', code: 'certified-mh', from: '2025-03-01', until: CERTIFIED.expiresAt, needed: 20, done: 6.5 });
  });

  it('leave out what was revoked and what does not count', () => {
    expect(ceStanding(CERTIFIED, [training('2026-01-01', 5, { revokedAt: AT }), training('2026-01-01', null, { hours: 40 })])?.done).toBe(0);
  });

  it('are exact to the tenth of an hour, however many there are', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 60 }), (tenths) => {
      const done = ceStanding(CERTIFIED, tenths.map((each) => training('2026-01-01', each / 10)))?.done;
      expect(done).toBe(tenths.reduce((sum, each) => sum + each, 0) / 10);
    }));
  });

  it.each([
    ['asks for none', { ceHoursNeeded: null }], ['does not end', { expiresAt: null }], ['was revoked', { revokedAt: AT }],
  ])('are not counted for a certification that %s', (_, said) => expect(ceStanding({ ...CERTIFIED, ...said }, [])).toBeNull());
});
