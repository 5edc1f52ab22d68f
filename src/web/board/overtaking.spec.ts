import { describe, expect, it } from '@jest/globals';
import { overtaking } from './overtaking.js';

describe('a row that is seen moving', () => {
  it('is one that has overtaken another, not the one it has overtaken', () => {
    expect(overtaking(['a', 'b', 'c'], ['a', 'c', 'b'])).toEqual(['c']);
  });

  it('is none that others made room for or closed up to, by coming or going', () => {
    expect(overtaking(['a', 'b', 'c'], ['new', 'b', 'c'])).toEqual([]);
    expect(overtaking(['a', 'b'], ['a', 'new', 'b'])).toEqual([]);
  });

  it('is none while the order stays', () => {
    expect(overtaking(['a', 'b'], ['a', 'b'])).toEqual([]);
    expect(overtaking([], ['a'])).toEqual([]);
  });
});
