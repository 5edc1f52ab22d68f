import { describe, expect, it } from '@jest/globals';
import { namesNobody, normaliseRequesterKey } from './requester-key.js';

describe('a requester key', () => {
  it.each([
    ['+1 541 555 0123', 'tel:+15415550123'],
    ['(541) 555-0123', 'tel:+15415550123'],
    ['541.555.0123', 'tel:+15415550123'],
    ['1-541-555-0123', 'tel:+15415550123'],
    ['tel:+15415550123', 'tel:+15415550123'],
    ['sms:+1-541-555-0123', 'tel:+15415550123'],
    ['+44 20 7946 0958', 'tel:+442079460958'],
    ['Caller@Example.ORG', 'mailto:caller@example.org'],
    ['mailto:Caller@example.org', 'mailto:caller@example.org'],
    ['Shelter  Bed 12', 'ref:shelter bed 12'],
    ['CAD-2025-0001', 'ref:cad-2025-0001'],
    ['12', 'ref:12'],
  ])('written %s is kept as %s', (written, kept) => {
    expect(normaliseRequesterKey(written, 'US')).toBe(kept);
  });

  it('of two people is never the same by chance of spelling', () => {
    expect(normaliseRequesterKey('+1 541 555 0123', 'US')).not.toBe(normaliseRequesterKey('+1 541 555 0124', 'US'));
  });

  it.each(['', '   ', 'tel:', ' mailto: ', '\u3000'])('of blanks (%j) names nobody', (written) => {
    expect(namesNobody(normaliseRequesterKey(written, 'US'))).toBe(true);
  });

  it.each(['12', 'a@b.c', '911', '+1 541 555 0123'])('%s names somebody', (written) => {
    expect(namesNobody(normaliseRequesterKey(written, 'US'))).toBe(false);
  });
});
