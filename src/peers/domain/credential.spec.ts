import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { credentialFaults, holds, latestDay, renews, standingOf, type Credential, type CredentialTerms } from './credential.js';

const NOW = new Date('2026-06-15T20:00:00Z');
const NOTHING: CredentialTerms = {
  code: 'x', issuer: null, state: null, result: null, issuedOn: '2026-01-31', expiresAt: null, hours: null, ceHours: null, ceHoursNeeded: null,
};
const held = (said: Partial<Credential>): Credential => ({
  ...NOTHING, id: 'a', personId: 'p', credentialClass: 'training', attestedBy: null, recordedAt: NOW, revokedAt: null, ...said,
});
const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2032-01-01'), noInvalidDate: true });
const faultsOf = (...args: Parameters<typeof credentialFaults>): string[] => credentialFaults(...args).map(({ field, code }) => `${field} ${code}`);

describe('a credential in date', () => {
  it('holds until the very moment it ends, and not from then on', () => {
    fc.assert(fc.property(moment, (expiresAt) => {
      const ending = held({ issuedOn: '2019-12-31', expiresAt });
      expect([holds(ending, new Date(expiresAt.getTime() - 1)), holds(ending, expiresAt), holds(ending, new Date(expiresAt.getTime() + 1))]).toEqual([true, false, false]);
    }));
  });

  it('once it has ended or was revoked, holds at no later moment', () => {
    fc.assert(fc.property(moment, moment, moment, fc.option(moment), (a, b, expiresAt, revokedAt) => {
      const [earlier, later] = a <= b ? [a, b] : [b, a];
      const one = held({ issuedOn: '2019-12-31', expiresAt, revokedAt });
      expect(holds(one, later) && !holds(one, earlier)).toBe(false);
    }));
  });

  it('without an end holds for ever, until it is revoked', () => {
    expect(standingOf(held({}), new Date('2099-01-01T00:00:00Z'))).toBe('in-date');
    expect(standingOf(held({ revokedAt: NOW }), NOW)).toBe('revoked');
    expect(standingOf(held({ expiresAt: NOW }), NOW)).toBe('expired');
  });

  it('holds from the day it was issued, wherever on earth that day has begun', () => {
    expect(latestDay(new Date('2026-06-15T09:59:59Z'))).toBe('2026-06-15');
    expect(latestDay(new Date('2026-06-15T10:00:00Z'))).toBe('2026-06-16');
    expect(holds(held({ issuedOn: '2026-06-16' }), new Date('2026-06-15T09:59:59Z'))).toBe(false);
    expect(holds(held({ issuedOn: '2026-06-16' }), new Date('2026-06-15T10:00:00Z'))).toBe(true);
  });
});

describe('a renewal', () => {
  const old = held({ id: 'old', expiresAt: NOW });
  it.each([
    ['holds longer', { expiresAt: new Date(NOW.getTime() + 1) }, true],
    ['does not end', { expiresAt: null }, true],
    ['ends at the same moment', { expiresAt: NOW }, false],
    ['is of another code', { code: 'y', expiresAt: null }, false],
    ['was revoked', { expiresAt: null, revokedAt: NOW }, false],
  ])('that %s', (_, said, expected) => expect(renews(held({ id: 'new', ...said }), old)).toBe(expected));
  it('is never the other way round as well', () => {
    fc.assert(fc.property(fc.option(moment), fc.option(moment), (one, other) => {
      const [a, b] = [held({ id: 'a', expiresAt: one }), held({ id: 'b', expiresAt: other })];
      expect(renews(a, b) && renews(b, a)).toBe(false);
    }));
  });
});

describe('what is recorded', () => {
  it.each([
    ['a training with its issuer', { issuer: 'FEMA EMI', hours: 2 }, 'training', false],
    ['an attested training with its hours', { hours: 12.5, ceHours: 6 }, 'training', true],
    ['an attested competency', {}, 'competency', true],
    ['a state certification', { issuer: 'Board', state: 'OR', ceHoursNeeded: 20, expiresAt: NOW }, 'certification', false],
    ['a national certification', { issuer: 'Mental Health America', expiresAt: NOW }, 'certification', false],
    ['a check with its result', { result: 'passed' }, 'check', false],
  ] as const)('may be %s', (_, said, credentialClass, attested) => {
    expect(faultsOf({ ...NOTHING, ...said }, credentialClass, attested, NOW)).toEqual([]);
  });

  it.each([
    ['nobody stands behind', {}, 'training', false, ['issuer required']],
    ['attested without hours', {}, 'training', true, ['hours required']],
    ['an attested certification', { issuer: 'Board', expiresAt: NOW }, 'certification', true, ['attested not-here']],
    ['an attested check', { result: 'passed' }, 'check', true, ['attested not-here']],
    ['a certification of nobody', { expiresAt: NOW }, 'certification', false, ['issuer required']],
    ['a check without a result', {}, 'check', false, ['result required']],
    ['a training with a result', { issuer: 'x', result: 'passed' }, 'training', false, ['result not-here']],
    ['a competency with hours', { hours: 1 }, 'competency', true, ['hours not-here']],
    ['more hours that count than there were', { hours: 2, ceHours: 2.5 }, 'training', true, ['ceHours more-than-hours']],
    ['a day to come', { issuer: 'x', issuedOn: '2026-06-17' }, 'training', false, ['issuedOn in-the-future']],
    ['a certification for ever', { issuer: 'Board' }, 'certification', false, ['expiresAt required']],
    ['an end before the beginning', { issuer: 'x', expiresAt: new Date('2026-01-30T23:59:59Z') }, 'training', false, ['expiresAt before-issued']],
  ] as const)('is refused as %s', (_, said, credentialClass, attested, faults) => {
    expect(faultsOf({ ...NOTHING, ...said }, credentialClass, attested, NOW)).toEqual(faults);
  });
});
