import { describe, expect, it } from '@jest/globals';
import { beginningFault } from './policy-beginning.js';

const NOW = new Date('2026-03-02T18:00:00Z');
const inMs = (ms: number): Date => new Date(NOW.getTime() + ms);
const YEAR_MS = 366 * 86_400_000;

describe('when a policy begins', () => {
  it.each([
    ['the moment before', -1, 'in-the-past'], ['this very moment', 0, 'in-the-past'], ['the moment after', 1, undefined],
    ['a year ahead', YEAR_MS, undefined], ['a moment more than that', YEAR_MS + 1, 'too-far'],
  ])('%s is judged', (_, ms, code) => expect(beginningFault(inMs(ms), NOW)?.code).toBe(code));
});
