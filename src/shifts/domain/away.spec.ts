import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { covers, type Span } from '../../peers/domain/span.js';
import { dueStep, standsAfterReturn, standsAgain, standsBehind, type Away } from './away.js';

const now = new Date('2026-03-02T18:00:00Z');
const inMs = (ms: number): Date => new Date(now.getTime() + ms);
const away = (change: Partial<Away>): Away => ({ id: 'a', personId: 'p', from: now, until: null, beganAt: null, afterwards: null, ...change });

describe('an away', () => {
  it.each([
    ['that is to come waits', away({ from: inMs(1) }), 'wait'],
    ['begins at its minute', away({}), 'begin'],
    ['that was missed begins late', away({ from: inMs(-3_600_000) }), 'begin'],
    ['that has begun waits for its end', away({ beganAt: now, until: inMs(1) }), 'wait'],
    ['that has begun and has no end waits for its person', away({ from: inMs(-1), beganAt: inMs(-1) }), 'wait'],
    ['ends at its minute', away({ from: inMs(-2), beganAt: inMs(-2), until: now }), 'end'],
    ['that was missed altogether ends without having begun', away({ from: inMs(-2), until: inMs(-1) }), 'end'],
  ])('%s', (_, row, step) => {
    expect(dueStep(row, now)).toBe(step);
  });

  it('begins once and ends once, however late and however often anybody looks, and never ends before its minute', () => {
    const minute = fc.integer({ min: 0, max: 600 });
    fc.assert(fc.property(minute, fc.option(fc.integer({ min: 1, max: 600 })), fc.array(minute, { maxLength: 12 }), (from, long, looks) => {
      const until = long === null ? null : from + long;
      let row = away({ from: inMs(from), until: until === null ? null : inMs(until) });
      const steps: string[] = [];
      for (const at of looks.toSorted((a, b) => a - b)) {
        const step = dueStep(row, inMs(at));
        expect([step === 'end', step === 'begin'].map((is, which) => !is || (which === 0 ? until !== null && at >= until : at >= from))).toEqual([true, true]);
        if (step !== 'wait') steps.push(step);
        if (step === 'end') break;
        if (step === 'begin') row = { ...row, beganAt: inMs(at) };
      }
      expect(steps).toEqual([...new Set(steps)]);
      expect(steps.includes('end') && steps.at(-1) !== 'end').toBe(false);
    }));
  });
});

describe('what was planned', () => {
  const hours = (from: number, until: number | null): Span => ({ from: inMs(from * 3_600_000), until: until === null ? null : inMs(until * 3_600_000) });
  const holiday = away(hours(10, 20));
  const pause = hours(0, null);
  it.each<[string, Away | null, Span, Span | null]>([
    ['waits behind a pause', holiday, pause, hours(10, 20)],
    ['waits behind a rest that ends before it', holiday, hours(0, 1), hours(10, 20)],
    ['waits behind a rest that ends as it begins', holiday, hours(0, 10), hours(10, 20)],
    ['without an end waits, too, while it is still to come', away(hours(10, null)), pause, hours(10, null)],
    ['waits on behind a pause within a pause', away({ ...pause, afterwards: hours(10, 20) }), pause, hours(10, 20)],
    ['waits on behind a pause that follows a rest', away({ ...hours(-1, 1), afterwards: hours(10, 20) }), pause, hours(10, 20)],
    ['gives way to a new plan', holiday, hours(12, 30), null],
    ['gives way to what begins now and reaches into it', holiday, hours(0, 15), null],
    ['is nothing where nothing was planned', null, pause, null],
    ['is nothing where somebody was away until they return', away(hours(-5, null)), pause, null],
    ['is nothing any more once it is over', away(hours(-5, 0)), pause, null],
    ['is nothing any more where it waited and is over', away({ ...pause, afterwards: hours(-5, 0) }), pause, null],
  ])('%s', (_, before, next, behind) => {
    expect(standsBehind(before, next, now)).toEqual(behind);
  });

  it('stands again for exactly what of it is still ahead, or, for whoever says that they are here, for what is still to come', () => {
    const moment = fc.integer({ min: 0, max: 400 });
    fc.assert(fc.property(fc.option(fc.tuple(moment, fc.option(fc.integer({ min: 1, max: 400 })))), moment, moment, (planned, over, later) => {
      const afterwards = planned && hours(planned[0], planned[1] === null ? null : planned[0] + planned[1]);
      const [end, at] = [inMs(over * 3_600_000), inMs((over + later) * 3_600_000)];
      const [again, returned] = [standsAgain({ afterwards }, end), standsAfterReturn({ afterwards }, end)];
      expect(again !== null && covers(again, at)).toBe(afterwards !== null && covers(afterwards, at));
      expect(returned !== null && covers(returned, at)).toBe(afterwards !== null && afterwards.from > end && covers(afterwards, at));
    }), { numRuns: 500 });
  });
});
