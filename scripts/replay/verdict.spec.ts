import fc from 'fast-check';
import { hadTwoLeads, verdictOf, type LeadSpan } from './verdict.js';

const NOW = Date.parse('2025-01-01T12:00:00Z');
const dueBefore = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();

describe('lost', () => {
  it.each(['ended', 'closed', 'cancelled'])('is no request that is %s', (state) => {
    expect(verdictOf({ state, nextActionDueAt: null }, NOW)).toEqual({ kind: 'settled' });
  });

  it.each(['received', 'triaged', 'searching', 'assigned', 'escalated'])('is a request that is %s without a next step', (state) => {
    expect(verdictOf({ state, nextActionDueAt: null }, NOW).kind).toBe('lost');
  });

  it('is an open request whose next step is overdue by more than 30 seconds, not one overdue by 30', () => {
    expect(verdictOf({ state: 'searching', nextActionDueAt: dueBefore(31) }, NOW)).toEqual({ kind: 'lost', why: 'searching, its next step is overdue by 31 s' });
    expect(verdictOf({ state: 'searching', nextActionDueAt: dueBefore(30) }, NOW).kind).toBe('open-with-next-step');
    expect(verdictOf({ state: 'escalated', nextActionDueAt: dueBefore(-60) }, NOW).kind).toBe('open-with-next-step');
  });

  it('is whatever cannot be judged: not shown, an unknown state, an unreadable time', () => {
    expect(verdictOf(null, NOW).kind).toBe('lost');
    expect(verdictOf({ state: 'resting', nextActionDueAt: dueBefore(-60) }, NOW).kind).toBe('lost');
    expect(verdictOf({ state: 'searching', nextActionDueAt: 'soon' }, NOW).kind).toBe('lost');
  });
});

describe('double', () => {
  const span = (assignmentId: string, fromMs: number, untilMs: number | null): LeadSpan => ({ assignmentId, fromMs, untilMs });

  it('is two leads live in the same instant', () => {
    expect(hadTwoLeads([span('a', 0, 10), span('b', 9, 20)])).toBe(true);
    expect(hadTwoLeads([span('b', 5, 6), span('a', 0, null)])).toBe(true);
    expect(hadTwoLeads([span('a', 0, null), span('b', 0, null)])).toBe(true);
    expect(hadTwoLeads([span('a', 0, 100), span('b', 1, 2), span('c', 50, 60)])).toBe(true);
  });

  it('is not one lead after the other, nor a hand-over in one instant', () => {
    expect(hadTwoLeads([])).toBe(false);
    expect(hadTwoLeads([span('b', 10, null), span('a', 0, 10)])).toBe(false);
  });

  it('agrees with looking at every instant', () => {
    const spans = fc.array(fc.record({ from: fc.nat(12), length: fc.integer({ min: 1, max: 5 }) }), { maxLength: 5 });
    fc.assert(fc.property(spans, (drawn) => {
      const live = (at: number): number => drawn.filter(({ from, length }) => from <= at && at < from + length).length;
      const twice = Array.from({ length: 20 }, (_, at) => live(at)).some((count) => count > 1);
      expect(hadTwoLeads(drawn.map(({ from, length }, index) => span(String(index), from, from + length)))).toBe(twice);
    }));
  });
});
