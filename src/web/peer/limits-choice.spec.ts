import { describe, expect, it } from '@jest/globals';
import { hasOwnPart, hoursFault, limitsBody, limitsChoice } from './limits-choice.js';
import { spanBody } from './span-choice.js';

const NOW = new Date(2026, 2, 2, 18, 0).getTime();
const none = limitsChoice(null, NOW);
/** As the server takes it. */
const { from: NOW_SAID } = spanBody({ from: '', until: '' }, NOW);

describe('my limits', () => {
  it('are none at first, and none when all kinds and every urgency are left open', () => {
    const nothing = { contactKinds: null, maxAcuity: null, buddyOnly: false, noNights: false, hoursAWeek: null, from: NOW_SAID, until: null };
    expect(limitsBody(none, NOW)).toEqual(nothing);
    expect(limitsBody({ ...none, contactKinds: ['phone', 'text', 'video', 'in-person'] }, NOW)).toEqual(nothing);
  });

  it('come back as they were set', () => {
    const body = limitsBody({ ...none, contactKinds: ['text'], maxAcuity: '3', buddyOnly: 'yes', noNights: 'yes', hoursAWeek: '12', span: { from: '', until: '2026-04-01T00:00' } }, NOW);
    expect(body).toEqual({
      contactKinds: ['text'], maxAcuity: 3, buddyOnly: true, noNights: true, hoursAWeek: 12, from: NOW_SAID, until: new Date(2026, 3, 1).toISOString(),
    });
    const shown = limitsChoice({ ...body, version: 1 } as Parameters<typeof limitsChoice>[0], NOW);
    expect(limitsBody(shown, NOW)).toEqual(body);
  });

  it('are theirs alone to lift but for what was agreed', () => {
    const agreed = { contactKinds: ['phone', 'text'], maxAcuity: 3, buddyOnly: false, noNights: true, hoursAWeek: 20 } as Parameters<typeof hasOwnPart>[0];
    expect([hasOwnPart(agreed, null), hasOwnPart({ ...agreed, contactKinds: ['text', 'phone'] }, agreed)]).toEqual([true, false]);
    for (const stricter of [{ contactKinds: ['text'] }, { maxAcuity: 4 }, { buddyOnly: true }, { hoursAWeek: 10 }] as const) expect(hasOwnPart({ ...agreed, ...stricter } as typeof agreed, agreed)).toBe(true);
  });

  it.each([['0', true], ['81', true], ['ten', true], ['-1', true], ['1', false], ['80', false], ['', false]])('with %j hours a week are wrong: %s', (hoursAWeek, wrong) =>
    expect(hoursFault({ ...none, hoursAWeek })).toBe(wrong));
});
