import fc from 'fast-check';
import { cheapestPairs, NEVER } from './cheapest-pairs.js';

const cost = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -10, max: 40 }) }, { weight: 1, arbitrary: fc.constant(NEVER) });
const table = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([rows, columns]) =>
  fc.array(fc.array(cost, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
);

/** By trying everything: most pairs first, then the least cost. */
function best(costs: readonly (readonly number[])[], row = 0, used: ReadonlySet<number> = new Set()): { pairs: number; cost: number } {
  if (row === costs.length) return { pairs: 0, cost: 0 };
  let found = best(costs, row + 1, used);
  (costs[row] ?? []).forEach((each, column) => {
    if (each >= NEVER || used.has(column)) return;
    const rest = best(costs, row + 1, new Set([...used, column]));
    const tried = { pairs: rest.pairs + 1, cost: rest.cost + each };
    if (tried.pairs > found.pairs || (tried.pairs === found.pairs && tried.cost < found.cost)) found = tried;
  });
  return found;
}

describe('the cheapest pairs', () => {
  it('are as many as there can be, and cost least in all', () => {
    fc.assert(
      fc.property(table, (costs) => {
        const pairs = cheapestPairs(costs);
        expect({ pairs: pairs.length, cost: pairs.reduce((sum, [row, column]) => sum + (costs[row]?.[column] ?? NEVER), 0) }).toEqual(best(costs));
      }),
    );
  });

  it('use nobody twice, and nobody who does not fit', () => {
    fc.assert(
      fc.property(table, (costs) => {
        const pairs = cheapestPairs(costs);
        expect(new Set(pairs.map(([row]) => row)).size).toBe(pairs.length);
        expect(new Set(pairs.map(([, column]) => column)).size).toBe(pairs.length);
        for (const [row, column] of pairs) expect(costs[row]?.[column]).toBeLessThan(NEVER);
      }),
    );
  });

  it('are none where there is nobody on one side', () => {
    expect(cheapestPairs([])).toEqual([]);
    expect(cheapestPairs([[], []])).toEqual([]);
  });
});
