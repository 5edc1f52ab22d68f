import { describe, expect, it } from '@jest/globals';
import { covers, fromNowOn, spanFaults } from './span.js';

const now = new Date('2026-03-02T18:00:00Z');
const inMs = (ms: number): Date => new Date(now.getTime() + ms);
const HOUR = 3_600_000;

describe('a span somebody sets for themself', () => {
  it.each([
    ['an end after the beginning', { from: inMs(HOUR), until: inMs(HOUR + 1) }, []],
    ['no end', { from: now, until: null }, []],
    ['a beginning in the past and an end to come', { from: inMs(-HOUR), until: inMs(1) }, []],
    ['an end at its beginning', { from: inMs(HOUR), until: inMs(HOUR) }, ['before-from']],
    ['an end before its beginning', { from: inMs(2 * HOUR), until: inMs(HOUR) }, ['before-from']],
    ['an end this very moment', { from: inMs(-HOUR), until: now }, ['in-the-past']],
    ['an end in the past', { from: now, until: inMs(-1) }, ['in-the-past']],
  ])('with %s is judged', (_, span, codes) => {
    expect(spanFaults(span, now).map(({ code }) => code)).toEqual(codes);
  });

  it('begins now when it was to begin earlier, and keeps a beginning to come', () => {
    expect(fromNowOn({ from: inMs(-1), until: null }, now).from).toEqual(now);
    expect(fromNowOn({ from: inMs(1), until: null }, now).from).toEqual(inMs(1));
  });

  it.each([
    ['a moment before it begins', -1, false],
    ['as it begins', 0, true],
    ['a moment before it ends', HOUR - 1, true],
    ['as it ends', HOUR, false],
  ])('holds or not: %s', (_, ms, holds) => {
    expect(covers({ from: now, until: inMs(HOUR) }, inMs(ms))).toBe(holds);
  });

  it('without an end holds for good', () => {
    expect(covers({ from: now, until: null }, new Date('2100-01-01T00:00:00Z'))).toBe(true);
  });
});
