import { describe, expect, it } from '@jest/globals';
import { passwordFault } from './password.js';

const WHOSE = { email: 'jo.mendez@example.test', displayName: 'Jo Mendez' };
const COMMON = new Set(['password1234']);
const faultOf = (password: string) => passwordFault(password, WHOSE, COMMON)?.code ?? null;

describe('a new password', () => {
  it.each(['four unrelated words', 'ünïcödé läuft auch', 'x'.repeat(6) + 'yz1234', ' spaces count ', 'jo.mendez likes long walks'])('may be %j', (password) => expect(faultOf(password)).toBeNull());
  it('is counted in characters people see, twelve to two hundred', () => {
    expect([faultOf('abcdefghijk'), faultOf('abcdefghijkl'), faultOf('😀'.repeat(11)), faultOf('ab1'.repeat(67))]).toEqual(['too-short', null, 'too-short', 'too-long']);
  });
  it.each(['password1234', 'PassWord1234', 'abababababab', '000000000000000'])('is not as common as %j', (password) => expect(faultOf(password)).toBe('too-common'));
  it.each(['jo.mendez12345', 'Jo Mendez 2026', 'jomendezjomendez', 'JO.MENDEZ@example.test', 'jo mendez!!!!'])('is not one’s own name or address: %j', (password) => expect(faultOf(password)).toBe('about-you'));
});
