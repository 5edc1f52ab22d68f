import { describe, expect, it } from '@jest/globals';
import { CountyNames } from './county-names.service.js';

describe('the name of a county', () => {
  const names = new CountyNames();
  it('stands beside its state', () => expect([names.of('41039'), names.of('53033')]).toEqual(['Lane, Oregon', 'King, Washington']));
  it('is known for the territories as well', () => expect(names.of('72127')).toBe('San Juan, Puerto Rico'));
  it('is the code itself where nobody knows it', () => expect(names.of('99999')).toBe('99999'));
});
