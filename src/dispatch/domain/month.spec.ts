import { monthOf, monthSpan } from './month.js';

describe('a month', () => {
  it('goes from its first moment to the first of the next, over the end of a year too', () => {
    expect(monthSpan('2026-12')).toEqual({ from: new Date('2026-12-01T00:00:00Z'), until: new Date('2027-01-01T00:00:00Z') });
    expect(monthSpan('2028-02').until.getTime() - monthSpan('2028-02').from.getTime()).toBe(29 * 86_400_000);
  });

  it('is the one its every moment lies in', () => {
    const { from, until } = monthSpan('2026-11');
    expect([monthOf(from), monthOf(new Date(until.getTime() - 1)), monthOf(until)]).toEqual(['2026-11', '2026-11', '2026-12']);
  });
});
