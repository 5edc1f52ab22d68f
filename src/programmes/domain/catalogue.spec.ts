import { describe, expect, it } from '@jest/globals';
import { codeFrom, isNeeded, isSameSet } from './catalogue.js';

describe('a code made from words', () => {
  it.each([
    ['Grief after suicide', 'grief-after-suicide'], ['  LGBTQ+ elders ', 'lgbtq-elders'], ['Año nuevo', 'ano-nuevo'], ['24/7 care', 'care'],
    ['A'.repeat(60), 'a'.repeat(40)], [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
  ])('%j is %s', (label, code) => expect(codeFrom(label)).toBe(code));
  it.each(['', '—', '日本語', '1 2 3'])('%j is none', (label) => expect(codeFrom(label)).toBeNull());
});

describe('what the product goes by', () => {
  it('is needed under its own kind only', () => {
    expect([isNeeded('outcome', 'no-contact'), isNeeded('population', 'youth'), isNeeded('reason', 'no-contact'), isNeeded('outcome', 'x')]).toEqual([true, true, false, false]);
  });
});

describe('a new order', () => {
  it('names each code once', () => {
    expect([isSameSet(['b', 'a'], ['a', 'b']), isSameSet(['a'], ['a', 'b']), isSameSet(['a', 'a'], ['a', 'b']), isSameSet(['a', 'c'], ['a', 'b'])]).toEqual([true, false, false, false]);
  });
});
