import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after, HOUR_MS } from '../../platform/time.js';
import type { RequirementsPolicy } from '../../programmes/domain/care-policy.js';
import { ACUITIES, billing, serving } from './eligibility.js';

const NOW = new Date('2026-06-15T20:00:00Z');
const inHours = (hours: number): Date => after(NOW, hours * HOUR_MS);
const CODES = ['orientation', 'training', 'crisis', 'pfa'] as const;
type Held = Parameters<typeof serving>[1][number];
const held = (code: string, expiresAt: Date | null = null, said: Partial<Held> = {}): Held => ({
  code, credentialClass: code.startsWith('certified') ? 'certification' : 'training', issuedOn: '2026-01-01', expiresAt, revokedAt: null, ...said,
});
const ask = (said: Partial<RequirementsPolicy> = {}): RequirementsPolicy => ({ training: ['orientation', 'training'], byAcuity: { 1: ['crisis'] }, certification: false, ...said });

describe('eligible to serve', () => {
  it('is who holds what the programme asks, certified or not', () => {
    expect(serving(ask(), [held('orientation'), held('training'), held('crisis')], NOW)).toEqual({ eligible: true, acuities: [1, 2, 3, 4], missing: [], lastsUntil: null });
  });
  it('is nobody of whom nothing is known', () => {
    const { eligible, acuities, missing } = serving(ask(), [], NOW);
    expect([eligible, acuities, missing.map(({ code }) => code)]).toEqual([false, [], ['orientation', 'training', 'crisis']]);
  });
  it('loses a level with the training of that level, and stays', () => {
    const { eligible, acuities, missing } = serving(ask(), [held('orientation'), held('training'), held('crisis', inHours(-1))], NOW);
    expect([eligible, acuities, missing]).toEqual([true, [2, 3, 4], [{ code: 'crisis', acuity: 1, endedAt: inHours(-1) }]]);
  });
  it('needs a certification only where the programme demands one', () => {
    const trained = [held('orientation'), held('training'), held('crisis')];
    const missing = serving(ask({ certification: true }), trained, NOW);
    expect([missing.eligible, missing.missing]).toEqual([false, [{ code: null, acuity: null, endedAt: null }]]);
    expect(serving(ask({ certification: true }), [...trained, held('certified-mh', inHours(1))], NOW).eligible).toBe(true);
    expect(serving(ask({ certification: true }), [...trained, held('certified-mh', inHours(0))], NOW).eligible).toBe(false);
  });
  it('lasts until the first of what it needs ends, counting a renewal', () => {
    const all = [held('orientation', inHours(5)), held('orientation', inHours(9)), held('training', inHours(7)), held('crisis'), held('pfa', inHours(1))];
    expect(serving(ask(), all, NOW).lastsUntil).toEqual(inHours(7));
  });
  it('says when something was revoked', () => {
    expect(serving(ask(), [held('orientation', inHours(50), { revokedAt: inHours(-3) })], NOW).missing[0]).toEqual({ code: 'orientation', acuity: null, endedAt: inHours(-3) });
  });
});

const anyHeld = fc.array(
  fc.record({
    code: fc.constantFrom(...CODES, 'certified-mh'), ends: fc.option(fc.integer({ min: -50, max: 50 })), revoked: fc.boolean(),
  }).map(({ code, ends, revoked }) => held(code, ends === null ? null : inHours(ends), { revokedAt: revoked ? inHours(-1) : null })),
  { maxLength: 8 },
);
const anyAsk = fc.record({
  training: fc.uniqueArray(fc.constantFrom(...CODES)), certification: fc.boolean(),
  byAcuity: fc.record({ 1: fc.uniqueArray(fc.constantFrom(...CODES)), 2: fc.uniqueArray(fc.constantFrom(...CODES)) }, { requiredKeys: [] }),
});

describe('the two answers', () => {
  it('hold until the moment they name, and what was asked first to end then flips', () => {
    fc.assert(fc.property(anyAsk, anyHeld, (requirements, all) => {
      const now = serving(requirements, all, NOW);
      if (now.lastsUntil === null) return;
      const before = serving(requirements, all, new Date(now.lastsUntil.getTime() - 1));
      expect([before.eligible, before.acuities, before.missing.length]).toEqual([now.eligible, now.acuities, now.missing.length]);
      expect(serving(requirements, all, now.lastsUntil).missing.length).toBeGreaterThan(now.missing.length);
    }));
  });
  it('never widen with time alone, and never narrow with one more credential', () => {
    fc.assert(fc.property(anyAsk, anyHeld, fc.nat(60), fc.constantFrom(...CODES), (requirements, all, hours, code) => {
      const now = serving(requirements, all, NOW);
      expect(now.acuities).toEqual(expect.arrayContaining([...serving(requirements, all, inHours(hours)).acuities]));
      expect(serving(requirements, [...all, held(code)], NOW).acuities).toEqual(expect.arrayContaining([...now.acuities]));
    }));
  });
  it('are eligible exactly when some acuity is left, and miss nothing exactly when every one is', () => {
    fc.assert(fc.property(anyAsk, anyHeld, (requirements, all) => {
      const { eligible, acuities, missing } = serving(requirements, all, NOW);
      expect(eligible).toBe(acuities.length > 0);
      expect(missing.length === 0).toBe(acuities.length === ACUITIES.length);
    }));
  });
  it('are two: a certification never decides who serves where none is demanded', () => {
    fc.assert(fc.property(anyAsk, anyHeld, (requirements, all) => {
      const uncertified = all.filter(({ credentialClass }) => credentialClass !== 'certification');
      const plain = { ...requirements, certification: false };
      expect(serving(plain, uncertified, NOW)).toEqual(serving(plain, all, NOW));
      expect(billing(uncertified, true, NOW).billable).toBe(false);
    }));
  });
});

describe('billable', () => {
  it.each([
    ['certified and supervised', [held('certified-mh', inHours(1))], true, true, []],
    ['certification ended', [held('certified-mh', inHours(0))], true, false, ['certification']],
    ['never certified', [held('training')], true, false, ['certification']],
    ['nobody on file', [held('certified-mh')], false, false, ['supervision']],
    ['nobody knows', [held('certified-mh')], null, false, ['supervision']],
    ['neither', [], false, false, ['certification', 'supervision']],
  ] as const)('%s', (_, all, supervised, billable, missing) => {
    const answer = billing(all, supervised, NOW);
    expect([answer.billable, answer.missing]).toEqual([billable, missing]);
  });
});
