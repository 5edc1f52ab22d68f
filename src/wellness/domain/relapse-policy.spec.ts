import fc from 'fast-check';
import { after, HOUR_MS } from '../../platform/time.js';
import { confirmationAskedAt, dateFaults, earliestEffect, policyDueAt, policyStanding, reviewAskedAt, reviewDueAt, serves } from './relapse-policy.js';

const T = new Date('2026-03-02T18:00:00Z');
const hours = (count: number): Date => after(T, count * HOUR_MS);
const days = (count: number): Date => hours(count * 24);
const MISSING = { kind: 'missing', since: null } as const;
const none = { expiresAt: null, graceBeganAt: null, confirmedAt: null };

describe('where a programme stands by its relapse policy', () => {
  it('is missing where there never was one, and no request that comes in goes to peers', () => {
    expect(policyStanding(none, T)).toEqual({ kind: 'missing', since: null });
    expect(serves(policyStanding(none, T), T)).toBe(false);
  });

  it('is in force until the minute it expires', () => {
    expect(policyStanding({ ...none, expiresAt: hours(1) }, hours(1 - 1 / 60)).kind).toBe('in-force');
    expect(policyStanding({ ...none, expiresAt: hours(1) }, hours(1)).kind).toBe('grace');
  });

  it('after expiry goes on for the first day, and for a day after each confirmation', () => {
    const expired = { ...none, expiresAt: T };
    expect(policyStanding(expired, hours(23))).toEqual({ kind: 'grace', endsAt: days(14), confirmBy: days(1) });
    expect(policyStanding(expired, hours(24))).toEqual({ kind: 'unconfirmed', endsAt: days(14), since: days(1) });
    expect(policyStanding({ ...expired, confirmedAt: hours(30) }, hours(53)).kind).toBe('grace');
    expect(policyStanding({ ...expired, confirmedAt: hours(30) }, hours(54)).kind).toBe('unconfirmed');
  });

  it('ends with the grace, however often it was confirmed', () => {
    expect(policyStanding({ ...none, expiresAt: T, confirmedAt: hours(14 * 24 - 1) }, days(14))).toEqual({ kind: 'missing', since: days(14) });
  });

  it('begins its grace for programmes that served before there were such policies', () => {
    expect(policyStanding({ ...none, graceBeganAt: T }, hours(2)).kind).toBe('grace');
    expect(policyStanding({ ...none, graceBeganAt: T }, days(15)).kind).toBe('missing');
  });

  it('counts no confirmation from before it expired', () => {
    expect(policyStanding({ ...none, expiresAt: T, confirmedAt: hours(-1) }, hours(24)).kind).toBe('unconfirmed');
  });

  it('is put right by the next version, whatever was before', () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), fc.option(fc.integer({ min: -500, max: 500 })), fc.integer({ min: 1, max: 500 }), (began, confirmed, left) => {
        const facts = { expiresAt: hours(left), graceBeganAt: hours(began), confirmedAt: confirmed === null ? null : hours(confirmed) };
        expect(policyStanding(facts, T).kind).toBe('in-force');
      }),
    );
  });
});

describe('a request', () => {
  it('that came in while the policy held is served to the end; a new one goes to the supervisors', () => {
    const lapsed = policyStanding({ ...none, expiresAt: T }, hours(25));
    expect(serves(lapsed, hours(23))).toBe(true);
    expect(serves(lapsed, hours(24))).toBe(false);
  });

  it('is never served by a policy that is missing since before it came', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 800 }), (age, received) => {
        const standing = policyStanding({ ...none, expiresAt: T }, hours(24 * 14 + age));
        expect(standing.kind).toBe('missing');
        expect(serves(standing, hours(received))).toBe(received < 24);
      }),
    );
  });
});

describe('supervisors', () => {
  const expired = { ...none, expiresAt: T };

  it('are asked to confirm four hours before it is too late', () => {
    expect(confirmationAskedAt(policyStanding({ ...none, expiresAt: hours(1) }, T))).toEqual(hours(21));
    expect(confirmationAskedAt(policyStanding(expired, hours(1)))).toEqual(hours(20));
    expect(confirmationAskedAt(policyStanding({ ...expired, confirmedAt: hours(30) }, hours(31)))).toEqual(hours(50));
    expect(confirmationAskedAt(policyStanding(expired, hours(25)))).toEqual(hours(20));
  });

  it('are not asked for what nobody can confirm, nor for what holds to the end of the grace as it is', () => {
    expect(confirmationAskedAt(policyStanding(none, T))).toBeNull();
    expect(confirmationAskedAt(policyStanding(expired, days(14)))).toBeNull();
    expect(confirmationAskedAt(policyStanding({ ...expired, confirmedAt: hours(13 * 24) }, hours(13 * 24 + 1)))).toBeNull();
  });

  it('are asked again each hour, whatever was before, until somebody confirmed or the grace is over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 * 24 * 60 }), fc.option(fc.integer({ min: 0, max: 20 * 24 * 60 })), (minutes, confirmed) => {
        const now = hours(minutes / 60);
        const facts = { ...expired, confirmedAt: confirmed === null || confirmed > minutes ? null : hours(confirmed / 60) };
        const standing = policyStanding(facts, now);
        const [asked, due] = [confirmationAskedAt(standing), policyDueAt(standing, null, now)];
        expect(due).toEqual(asked !== null && asked <= now ? new Date(now.getTime() + 3_600_000) : asked);
      }),
    );
  });

  it('are not all there is to it: the day the next version takes effect is kept, too', () => {
    expect(policyDueAt(policyStanding(none, T), hours(5), T)).toEqual(hours(5));
    expect(policyDueAt(policyStanding(expired, hours(1)), hours(5), hours(1))).toEqual(hours(5));
    expect(policyDueAt(policyStanding(expired, hours(1)), hours(30), hours(1))).toEqual(hours(20));
    expect(policyDueAt(policyStanding(none, T), null, T)).toBeNull();
  });
});

describe('the dates of a policy', () => {
  it('are an effect, a review while it holds, and an end within two years', () => {
    expect(dateFaults({ effectiveAt: T, reviewAt: days(180), expiresAt: days(365) }, MISSING, T)).toEqual([]);
    expect(dateFaults({ effectiveAt: days(2), reviewAt: days(3), expiresAt: days(1) }, MISSING, T)).toMatchObject([{ field: 'expiresAt', code: 'before-effective' }]);
    expect(dateFaults({ effectiveAt: T, reviewAt: days(3), expiresAt: days(800) }, MISSING, T)).toMatchObject([{ field: 'expiresAt', code: 'too-late' }]);
    expect(dateFaults({ effectiveAt: T, reviewAt: days(30), expiresAt: days(20) }, MISSING, T)).toMatchObject([{ field: 'reviewAt' }]);
    expect(dateFaults({ effectiveAt: days(-9), reviewAt: days(-1), expiresAt: days(20) }, MISSING, T)).toMatchObject([{ field: 'reviewAt' }]);
  });

  it('leave whoever serves by an older version a day to acknowledge the next, and no longer than its grace', () => {
    const from = (effectiveAt: Date, standing: ReturnType<typeof policyStanding>) => dateFaults({ effectiveAt, reviewAt: days(30), expiresAt: days(60) }, standing, T).map(({ code }) => code);
    const inForce = policyStanding({ ...none, expiresAt: days(3) }, T);
    expect([from(T, inForce), from(days(-9), inForce), from(hours(23.99), inForce), from(hours(24), inForce)]).toEqual([['too-soon'], ['too-soon'], ['too-soon'], []]);
    const inGrace = policyStanding({ ...none, expiresAt: days(-14 + 1 / 4), confirmedAt: T }, T);
    expect([inGrace.kind, earliestEffect(inGrace, T)]).toEqual(['grace', hours(6)]);
    expect(earliestEffect(policyStanding({ ...none, expiresAt: hours(-1) }, T), T)).toEqual(hours(24));
    // Nobody is asked by the old one any more: nobody is silenced by the new.
    expect(earliestEffect(policyStanding({ ...none, expiresAt: days(-3) }, T), T)).toEqual(T);
    expect(earliestEffect(MISSING, T)).toEqual(T);
  });
});

describe('the review of a relapse policy', () => {
  const days = (count: number): Date => hours(24 * count);
  const dates = { effectiveAt: T, reviewAt: days(182), expiresAt: days(364) };

  it('is due at its date, and 90 days before it expires at the latest, unless it holds no longer than that', () => {
    expect(reviewDueAt(dates)).toEqual(days(182));
    expect(reviewDueAt({ ...dates, reviewAt: days(360) })).toEqual(days(274));
    expect(reviewDueAt({ effectiveAt: T, reviewAt: days(50), expiresAt: days(60) })).toEqual(days(50));
  });

  it('is asked for at that moment and every week after it', () => {
    expect([T, days(182), hours(24 * 182 + 1), days(189), days(190)].map((from) => reviewAskedAt(dates, from))).toEqual([182, 182, 189, 189, 196].map(days));
  });
});
