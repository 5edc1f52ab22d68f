import { describe, expect, it } from '@jest/globals';
import { opensAt, resetsPassword } from './account-reset.js';

describe('a reset', () => {
  it('shuts for a day', () => expect(opensAt({ at: new Date('2026-03-02T18:00:00Z') })).toEqual(new Date('2026-03-03T18:00:00Z')));

  it.each([
    ['password-reset', true, true], ['first-admin', true, true], ['first-admin', false, false], ['invite', false, false], ['invite', true, false],
  ] as const)('by a link for %s, of an account with a password: %s, is one: %s', (purpose, hadPassword, is) => {
    expect(resetsPassword(purpose, hadPassword)).toBe(is);
  });
});
