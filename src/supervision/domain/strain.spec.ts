import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after, HOUR_MS, MINUTE_MS } from '../../platform/time.js';
import { breakUntil, exposureSince, restedBetween, restsUntil, shiftBegan, shiftHours, withinCaps, type CallOut, type Contact, type DutyOfLate, type Stint } from './strain.js';

const NOW = new Date('2026-03-02T18:00:00Z');
const minutes = (count: number): Date => after(NOW, count * MINUTE_MS);
const hours = (count: number): Date => after(NOW, count * HOUR_MS);
const REST = { afterContactMinutes: 10, afterHighAcuityMinutes: 20, afterHardMinutes: 30 };
const HOURS = { breakEveryMinutes: 120, breakMinutes: 10, shiftWarnHours: 8, shiftHours: 12, restBetweenHours: 10 };
const CAPS = { contactsPerShift: 10, minutesPerShift: 300, highAcuityInARow: 2, highAcuityPerShift: 3 };
const contact = (from: number, until: number | null, how: Partial<Contact> = {}): Contact =>
  ({ from: minutes(from), until: until === null ? null : minutes(until), highAcuity: false, intensity: 'calm', ...how });

const how = fc.record({ highAcuity: fc.boolean(), intensity: fc.constantFrom('calm' as const, 'hard' as const, 'critical' as const, null) });
const over = fc.tuple(fc.integer({ min: -600, max: -1 }), fc.integer({ min: 1, max: 120 }), how).map(([from, long, about]) => contact(from, Math.min(0, from + long), about));
const live = fc.tuple(fc.integer({ min: -600, max: -1 }), how).map(([from, about]) => contact(from, null, about));
const overs = fc.array(over, { maxLength: 10 });
const any = fc.array(fc.oneof({ arbitrary: over, weight: 8 }, { arbitrary: live, weight: 1 }), { maxLength: 10 });

describe('the rest after contacts', () => {
  it('is as long as the heaviest side of each asks for, counted from its end', () => {
    expect([{}, { highAcuity: true }, { intensity: 'hard' as const }, { highAcuity: true, intensity: 'critical' as const }].map((each) => restsUntil([contact(-30, -5, each)], REST)))
      .toEqual([minutes(5), minutes(15), minutes(25), minutes(25)]);
  });

  it('counts a contact nobody has spoken of yet as a hard one', () => {
    fc.assert(fc.property(overs, (all) => {
      expect(restsUntil(all.map((each) => ({ ...each, intensity: null })), REST)).toEqual(restsUntil(all.map((each) => ({ ...each, intensity: 'hard' as const })), REST));
    }));
  });

  it('is never shortened by one more contact, and there is none without one that is over', () => {
    fc.assert(fc.property(any, over, (all, more) => {
      const before = restsUntil(all, REST);
      expect(before === null).toBe(all.every(({ until }) => until === null));
      expect((restsUntil([...all, more], REST)?.getTime() ?? 0) >= (before?.getTime() ?? 0)).toBe(true);
    }));
  });
});

describe('exposure in a shift', () => {
  const duty = (from: number, until: number) => ({ from: hours(from), until: hours(until) });

  it('goes on counting when somebody checks out and in again within the hour, however often', () => {
    expect(shiftBegan(hours(-1), [duty(-4, -1.5), duty(-8, -4.5)])).toEqual(hours(-8));
    expect(shiftBegan(hours(-1), [duty(-4, -2)])).toEqual(hours(-1));
    expect(shiftBegan(hours(-1), [duty(-4, -1.5), duty(-9, -5)])).toEqual(hours(-4));
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 59 })), { maxLength: 8 }), (pauses) => {
      let at = 0;
      const stints = pauses.map(([long, off]) => {
        const until = at - off / 60;
        at = until - long / 10;
        return duty(at, until);
      });
      expect(Math.abs(shiftBegan(hours(0), stints).getTime() - hours(at).getTime())).toBeLessThan(1_000);
    }));
  });

  it.each([
    ['contacts', { contacts: 10 }, false],
    ['contacts', { contacts: 9 }, true],
    ['minutes', { minutes: 300 }, false],
    ['minutes', { minutes: 299.99 }, true],
  ])('closes by %s, %j', (_, said, open) => {
    expect(withinCaps({ contacts: 0, minutes: 0, heavy: 0, heavyInARow: 0, ...said }, CAPS, false)).toBe(open);
  });

  it.each([
    [{ heavyInARow: 2 }, false],
    [{ heavyInARow: 1 }, true],
    [{ heavy: 3 }, false],
    [{ heavy: 2 }, true],
  ])('closes to high acuity alone, %j', (said, open) => {
    const exposure = { contacts: 0, minutes: 0, heavy: 0, heavyInARow: 0, ...said };
    expect([withinCaps(exposure, CAPS, true), withinCaps(exposure, CAPS, false)]).toEqual([open, true]);
  });

  it('grows with each contact, and a cap that is reached stays so while the shift lasts', () => {
    fc.assert(fc.property(any, over, fc.boolean(), (all, more, highAcuity) => {
      const [before, since] = [exposureSince(all, hours(-11), NOW), exposureSince([...all, more], hours(-11), NOW)];
      expect([since.contacts, since.minutes >= before.minutes, since.heavy - before.heavy]).toEqual([before.contacts + 1, true, more.highAcuity || more.intensity !== 'calm' ? 1 : 0]);
      const atCap = before.contacts >= CAPS.contactsPerShift || before.minutes >= CAPS.minutesPerShift;
      expect(atCap && withinCaps(since, CAPS, highAcuity)).toBe(false);
    }));
  });

  it('weighs by what it was for the peer as by its acuity: hard, critical and not said yet count, and one that goes on by its acuity alone', () => {
    const heavy = (...all: readonly Contact[]) => exposureSince(all, hours(-11), NOW);
    for (const intensity of ['hard', 'critical', null] as const) expect(heavy(contact(-60, -50, { intensity }))).toMatchObject({ heavy: 1, heavyInARow: 1 });
    expect(heavy(contact(-60, -50))).toMatchObject({ heavy: 0, heavyInARow: 0 });
    expect(heavy(contact(-60, -50, { intensity: 'hard' }), contact(-10, null, { intensity: null }))).toMatchObject({ heavy: 1, heavyInARow: 0 });
    expect(heavy(contact(-90, -80), contact(-60, -50, { highAcuity: true }), contact(-40, -30, { intensity: 'hard' }))).toMatchObject({ heavy: 2, heavyInARow: 2 });
  });

  it('counts the minutes since check-in and no others, and those of a contact that goes on so far', () => {
    expect(exposureSince([contact(-90, -50), contact(-20, null)], minutes(-60), NOW)).toEqual({ contacts: 2, minutes: 30, heavy: 0, heavyInARow: 0 });
    expect(exposureSince([contact(-90, -60)], minutes(-60), NOW)).toMatchObject({ contacts: 0, minutes: 0 });
  });
});

describe('a break', () => {
  /** Told minute by minute: how long work has gone on up to its last minute, idle for less than a break in between. */
  function stretch(all: readonly Contact[]): { from: number; until: number } | null {
    const of = (at: Date): number => (at.getTime() - NOW.getTime()) / MINUTE_MS;
    const busy = (minute: number): boolean => all.some(({ from, until }) => of(from) <= minute && minute < (until === null ? 0 : of(until)));
    let until = 0;
    while (until > -1_000 && !busy(until - 1)) until -= 1;
    if (until === -1_000) return null;
    let [from, idle] = [until, 0];
    for (let minute = until - 1; idle < HOURS.breakMinutes && minute > -1_000; minute -= 1) {
      idle = busy(minute) ? 0 : idle + 1;
      if (idle === 0) from = minute;
    }
    return { from, until };
  }

  it('is due exactly when work has gone on for the time the policy allows, and lasts from its last minute', () => {
    fc.assert(fc.property(overs, (all) => {
      const worked = stretch(all);
      const due = worked !== null && worked.until > -HOURS.breakMinutes && worked.until - worked.from >= HOURS.breakEveryMinutes;
      expect(breakUntil(all, HOURS, NOW)).toEqual(due ? minutes(worked.until + HOURS.breakMinutes) : null);
    }), { numRuns: 1_000 });
  });

  it('has no end to tell while a contact goes on', () => {
    expect([breakUntil([contact(-119, null)], HOURS, NOW), breakUntil([contact(-120, null)], HOURS, NOW)]).toEqual([null, true]);
    fc.assert(fc.property(overs, live, (all, one) => {
      expect([null, true]).toContain(breakUntil([...all, one], HOURS, NOW));
    }));
  });

  it('ends what it asks for at the very minute', () => {
    const all = [contact(-125, -5)];
    expect(breakUntil(all, HOURS, after(minutes(5), -1))).toEqual(minutes(5));
    expect(breakUntil(all, HOURS, minutes(5))).toBeNull();
  });
});

describe('hours on duty', () => {
  const stint = (from: number, until: number, mode: Stint['mode'] = 'active'): Stint => ({ from: hours(from), until: hours(until), mode });
  const onDuty = (modeSince: Date, earlierStints: readonly Stint[]): DutyOfLate => ({ mode: 'active', modeSince, earlierStints, callOuts: [] });

  it('go on over time off too short to rest, and begin anew after a rest, to the minute', () => {
    expect(shiftHours(onDuty(hours(-2), [stint(-12, -4)]), HOURS, NOW).hours).toBe(10);
    expect(shiftHours(onDuty(hours(-2), [stint(-20, -12)]), HOURS, NOW).hours).toBe(2);
    expect(shiftHours(onDuty(hours(-2), [{ ...stint(-20, -12), until: after(hours(-12), 1) }]), HOURS, NOW).hours).toBeGreaterThan(9);
  });

  it('are never fewer for one more time on duty', () => {
    const stints = fc.array(fc.tuple(fc.integer({ min: -47, max: -3 }), fc.integer({ min: 1, max: 12 })).map(([from, long]) => stint(from, Math.min(-2, from + long))), { maxLength: 6 });
    fc.assert(fc.property(stints, stints, (some, more) => {
      expect(shiftHours(onDuty(hours(-2), [...some, ...more]), HOURS, NOW).hours).toBeGreaterThanOrEqual(shiftHours(onDuty(hours(-2), some), HOURS, NOW).hours);
    }));
  });

  it('ask for the rest between two shifts after one that went as far as the warning, from its end and to the minute', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9 }), (long, off) => {
      const at = shiftHours(onDuty(hours(0), [stint(-off - long, -off)]), HOURS, NOW);
      expect(at.fullShiftEndedAt).toEqual(long >= HOURS.shiftWarnHours ? hours(-off) : null);
      const over = hours(HOURS.restBetweenHours - off);
      expect([restedBetween(at, HOURS, after(over, -1)), restedBetween(at, HOURS, over)]).toEqual([long < HOURS.shiftWarnHours, true]);
    }));
  });

  it('count a pause within a shift as no end of it', () => {
    expect(shiftHours(onDuty(hours(0), [{ ...stint(-9, -1), until: after(hours(-1), 1) }]), HOURS, NOW).fullShiftEndedAt).toBeNull();
    expect(shiftHours(onDuty(hours(0), [stint(-9, -1)]), HOURS, NOW).fullShiftEndedAt).toEqual(hours(-1));
  });
});

describe('hours of standing by', () => {
  const mode = fc.constantFrom('active' as const, 'on-call' as const, null);
  const stints = fc.array(fc.tuple(fc.integer({ min: -47, max: -3 }), fc.integer({ min: 1, max: 12 }), mode)
    .map(([from, long, of]): Stint => ({ from: hours(from), until: hours(Math.min(-2, from + long)), mode: of })), { maxLength: 6 });
  const callOuts = fc.array(fc.tuple(fc.integer({ min: -2_820, max: -1 }), fc.option(fc.integer({ min: 1, max: 300 }), { freq: 6 }))
    .map(([from, long]): CallOut => ({ from: minutes(from), until: long === null ? null : minutes(Math.min(0, from + long)) })), { maxLength: 8 });
  const duty = fc.record<DutyOfLate>({ mode: fc.constantFrom('active' as const, 'on-call' as const), modeSince: fc.constant(hours(-2)), earlierStints: stints, callOuts });
  const hoursOf = (of: DutyOfLate): number => shiftHours(of, HOURS, NOW).hours;

  /** Told minute by minute, back to the last ten hours without work. */
  function worked({ mode: current, modeSince, earlierStints, callOuts: outs }: DutyOfLate): number {
    const all: readonly Stint[] = [{ from: modeSince, until: NOW, mode: current }, ...earlierStints];
    const works = (at: number): boolean => all.some(({ from, until, mode: of }) => from.getTime() <= at && at < until.getTime() &&
      (of !== 'on-call' || outs.some((out) => out.from.getTime() <= at && at < (out.until ?? NOW).getTime())));
    let [sum, idle] = [0, 0];
    for (let at = NOW.getTime() - MINUTE_MS; idle < HOURS.restBetweenHours * 60 && at >= hours(-48).getTime(); at -= MINUTE_MS) {
      idle = works(at) ? 0 : idle + 1;
      if (idle === 0) sum += 1;
    }
    return sum / 60;
  }

  it('are those somebody was called out for, from accept to end and once whatever they did at once, since the last ten hours without', () => {
    fc.assert(fc.property(duty, (of) => {
      expect(hoursOf(of)).toBeCloseTo(worked(of), 6);
    }), { numRuns: 500 });
  });

  it('are never more than the same time would be on shift, and as many where nobody knows which it was', () => {
    fc.assert(fc.property(duty, (of) => {
      const as = (instead: Stint['mode']): DutyOfLate => ({ ...of, mode: 'active', earlierStints: of.earlierStints.map((each) => ({ ...each, mode: instead })) });
      expect(hoursOf(of)).toBeLessThanOrEqual(hoursOf(as('active')));
      expect(hoursOf(as(null))).toBe(hoursOf(as('active')));
    }));
  });

  it('are never fewer for one more call-out, and are a rest while there is none', () => {
    fc.assert(fc.property(duty, callOuts, (of, more) => {
      expect(hoursOf({ ...of, callOuts: [...of.callOuts, ...more] })).toBeGreaterThanOrEqual(hoursOf(of));
    }));
    const night: DutyOfLate = { mode: 'on-call', modeSince: hours(-10), earlierStints: [{ from: hours(-22), until: hours(-10), mode: 'active' }], callOuts: [] };
    expect([shiftHours(night, HOURS, NOW).hours, shiftHours(night, HOURS, after(NOW, -1)).hours]).toEqual([0, 12]);
  });

  it('ask for the rest after a shift all the same, and of what was worked in them', () => {
    const afterAShift: DutyOfLate = { mode: 'on-call', modeSince: hours(-2), earlierStints: [{ from: hours(-10), until: hours(-2), mode: 'active' }], callOuts: [] };
    expect(shiftHours(afterAShift, HOURS, NOW).fullShiftEndedAt).toEqual(hours(-2));
    const calledOut: DutyOfLate = { mode: 'on-call', modeSince: hours(-12), earlierStints: [], callOuts: [{ from: hours(-12), until: hours(-4) }] };
    expect(shiftHours(calledOut, HOURS, NOW).fullShiftEndedAt).toEqual(hours(-4));
    expect(shiftHours({ ...calledOut, callOuts: [{ from: hours(-11), until: hours(-4) }] }, HOURS, NOW).fullShiftEndedAt).toBeNull();
  });
});
