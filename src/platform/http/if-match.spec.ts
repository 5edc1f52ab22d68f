import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../errors.js';
import { mustBeCurrent, versionHeld } from './if-match.js';

const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'none';
  } catch (error) {
    return error instanceof DomainError ? error.code : 'another error';
  }
};

describe('If-Match', () => {
  it.each([['"7"', 7], ['7', 7], ['W/"12"', 12], [' "3" ', 3]])('%s holds version %i', (header, version) => {
    expect(versionHeld(header)).toBe(version);
  });

  it('is asked for when it is missing or empty', () => {
    expect([codeOf(() => versionHeld(undefined)), codeOf(() => versionHeld(' '))]).toEqual(['version-required', 'version-required']);
  });

  it.each(['*', '"abc"', '"1", "2"', '-1', '1234567890'])('%s matches no version', (header) => {
    expect(codeOf(() => versionHeld(header))).toBe('stale-version');
  });

  it('refuses an older version, and a newer one nobody handed out', () => {
    expect([codeOf(() => mustBeCurrent(1, 2)), codeOf(() => mustBeCurrent(3, 2)), codeOf(() => mustBeCurrent(2, 2))]).toEqual(['stale-version', 'stale-version', 'none']);
  });
});
