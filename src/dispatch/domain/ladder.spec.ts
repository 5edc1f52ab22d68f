import fc from 'fast-check';
import { standing } from './ladder.js';

const rungs = [
  { afterSeconds: 0, waveSize: 1, radiusKm: 40 },
  { afterSeconds: 60, waveSize: 2, radiusKm: 80 },
  { afterSeconds: 180, waveSize: 3, radiusKm: 200 },
];
const policy = { rungs, supervisorAfterSeconds: 600 };

describe('the ladder', () => {
  it.each([
    [0, 1, 60_000],
    [59_999, 1, 60_000],
    [60_000, 2, 180_000],
    [180_000, 3, null],
    [9_000_000, 3, null],
  ])('after %i ms stands on rung %i', (searchedMs, tier, nextRungMs) => {
    expect(standing(policy, searchedMs)).toMatchObject({ tier, nextRungMs, rung: rungs[tier - 1] });
  });

  it('only widens, and never goes back', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (one, other) => {
        const [early, late] = [standing(policy, Math.min(one, other)), standing(policy, Math.max(one, other))];
        expect(late.rung.waveSize).toBeGreaterThanOrEqual(early.rung.waveSize);
        expect(late.rung.radiusKm).toBeGreaterThanOrEqual(early.rung.radiusKm);
        expect(late.supervisorDue || !early.supervisorDue).toBe(true);
      }),
    );
  });

  it('tells a supervisor at the second policy says, not before', () => {
    expect(standing(policy, 599_999).supervisorDue).toBe(false);
    expect(standing(policy, 600_000).supervisorDue).toBe(true);
  });
});
