import { describe, expect, it } from '@jest/globals';
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
});
