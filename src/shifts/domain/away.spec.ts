import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dueStep, type Away } from './away.js';

const now = new Date('2026-03-02T18:00:00Z');
const inMs = (ms: number): Date => new Date(now.getTime() + ms);
const away = (change: Partial<Away>): Away => ({ id: 'a', personId: 'p', from: now, until: null, beganAt: null, ...change });

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
