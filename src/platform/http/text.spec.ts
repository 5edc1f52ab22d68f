import { describe, expect, it } from '@jest/globals';
import { isDay, isMoment, isPlainText, isUuid } from './text.js';

describe('a moment', () => {
  it.each(['2025-05-12T20:29:00Z', '2025-05-12t20:29:00.123456z', '2024-02-29T00:00:00+14:00', '2000-01-01T00:00:00Z', '2100-12-31T23:59:59-00:00'])(
    'takes %s', (text) => expect(isMoment(text)).toBe(true),
  );

  it.each([
    '2025-05-12', '2025-05-12T20:29:00', '2025-05-12 20:29:00Z', '2025-02-29T00:00:00Z', '2025-04-31T00:00:00Z', '2025-13-01T00:00:00Z',
    '2025-05-12T24:00:00Z', '2025-05-12T20:60:00Z', '2016-12-31T23:59:60Z', '1999-12-31T23:59:59Z', '2101-01-01T00:00:00Z', '12025-05-12T20:29:00Z',
    '2000-01-01T00:00:00+01:00', '2100-12-31T23:59:59-01:00', '2025-05-12T20:29:00+24:00', '', 'now', '2025-05-12T20:29:00Z\n',
  ])('refuses %j', (text) => expect(isMoment(text)).toBe(false));

  it.each([1_747_081_740_000, null, undefined, new Date(0), ['2025-05-12T20:29:00Z']])('is a text, not %j', (value) => expect(isMoment(value)).toBe(false));
});

describe('a day', () => {
  it.each(['2026-11-22', '2024-02-29', '2000-01-01', '2100-12-31'])('takes %s', (text) => expect(isDay(text)).toBe(true));
  it.each(['2025-02-29', '2026-13-01', '2026-1-2', '1999-12-31', '2101-01-01', '2026-11-22T00:00:00Z', '2026-11-22\n', '', 20_261_122, null])('refuses %j', (value) => expect(isDay(value)).toBe(false));
});

describe('plain text', () => {
  it.each(['', 'Grüße, ¿qué tal?', 'two\nlines\r\nand\ta tab', '👩‍👧 kind 🫶', '\u00a0'])('takes %j', (text) => expect(isPlainText(text)).toBe(true));

  it.each(['\u0000', 'a\u0000b', '\u001b[31m', '\u007f', '\u0085', '\ud800', '\udc00', 'x\ud83d', '\ude00\ud83d'])('refuses %j', (text) =>
    expect(isPlainText(text)).toBe(false));
});

describe('an id', () => {
  it('takes both cases and nothing around it', () => {
    expect(isUuid('0190A000-0000-7000-8000-00000000000f')).toBe(true);
    for (const text of ['', '0190a000', '0190a000-0000-7000-8000-00000000000g', ' 0190a000-0000-7000-8000-00000000000f', '0190a000-0000-7000-8000-00000000000f\n']) {
      expect(isUuid(text)).toBe(false);
    }
  });
});
