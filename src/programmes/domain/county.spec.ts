import { describe, expect, it } from '@jest/globals';
import { isCountyFips } from './county.js';

describe('a county code', () => {
  it.each(['41039', '06037', '72001', '11001'])('%s is one', (code) => expect(isCountyFips(code)).toBe(true));
  it.each(['', '4103', '410399', '03001', '99001', '41000', '4103a', ' 41039'])('%j is none', (code) => expect(isCountyFips(code)).toBe(false));
});
