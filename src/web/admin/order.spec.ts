import { describe, expect, it } from '@jest/globals';
import { swapped } from './order.js';

describe('a list whose order is changed', () => {
  it('has the two changed over and the others where they were', () => expect(swapped(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b']));
  it('stays as it is at its ends', () => expect([swapped(['a', 'b'], 0, -1), swapped(['a', 'b'], 1, 2)]).toEqual([['a', 'b'], ['a', 'b']]));
});
