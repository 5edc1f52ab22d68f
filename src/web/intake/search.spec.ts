import { describe, expect, it } from '@jest/globals';
import { finds } from './search.js';

describe('finding by typing', () => {
  const text = 'loss Losing someone Perder a un ser querido adicción';
  it.each(['loss', 'LOS', 'someone losing', 'perder', 'adiccion', ''])('finds by %p', (search) => {
    expect(finds(search, text)).toBe(true);
  });
  it.each(['sing', 'loss veteran', 'x'])('does not find by %p', (search) => {
    expect(finds(search, text)).toBe(false);
  });
});
