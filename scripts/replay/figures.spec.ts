import { sayMs, spreadOf, Tally } from './figures.js';

it('gives nearest-rank percentiles, each a figure that was measured', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(spreadOf(hundred)).toEqual({ count: 100, p50: 50, p90: 90, p95: 95, max: 100 });
  expect(spreadOf([7])).toEqual({ count: 1, p50: 7, p90: 7, p95: 7, max: 7 });
  expect(spreadOf([2, 10])).toMatchObject({ p50: 2, p90: 10 });
});

it('has no percentiles of nothing', () => {
  expect(spreadOf([])).toBeNull();
});

it.each([[12.4, '12 ms'], [1500, '1.5 s'], [119_900, '119.9 s'], [12 * 60_000, '12 min'], [3 * 3_600_000, '3.0 h']])('says %d ms as %s', (ms, said) => {
  expect(sayMs(ms)).toBe(said);
});

it('counts by name', () => {
  const tally = new Tally();
  tally.add('a');
  tally.add('a', 2);
  expect([tally.of('a'), tally.of('b'), tally.entries()]).toEqual([3, 0, [['a', 3]]]);
});
