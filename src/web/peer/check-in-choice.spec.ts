import { describe, expect, it } from '@jest/globals';
import { dutyLimitsOf, placeOf, untilOf, usualChoice, type CheckInChoice } from './check-in-choice.js';

const programmes = [{ id: 'warm', name: 'Warmline', timeZone: 'UTC' }, { id: 'mobile', name: 'Mobile response', timeZone: 'UTC' }];
const usual: CheckInChoice = { programmeIds: ['warm', 'mobile'], contactKinds: ['phone', 'text'], hours: 4, untilClock: '', zip: '', maxAcuity: '1', buddyOnly: 'no' };

describe('the usual check-in', () => {
  it.each([[null], [''], ['{'], ['7'], ['{"programmeIds":3,"contactKinds":null,"untilClock":9,"zip":[]}']])(
    'is all programmes by phone and text for four hours when %p is remembered', (remembered) => expect(usualChoice(remembered, programmes)).toEqual(usual),
  );

  it('is what was chosen last time', () => {
    const last = { programmeIds: ['mobile'], contactKinds: ['in-person'], hours: 8, untilClock: '02:30', zip: '97401', maxAcuity: '3', buddyOnly: 'yes' };
    expect(usualChoice(JSON.stringify(last), programmes)).toEqual(last);
  });

  it('forgets what no longer exists', () => {
    const last = JSON.stringify({ programmeIds: ['gone'], contactKinds: ['fax'], hours: 99, untilClock: '25:00', zip: '9740', maxAcuity: '9', buddyOnly: 'perhaps' });
    expect(usualChoice(last, programmes)).toEqual(usual);
  });
});

describe('until', () => {
  const evening = new Date(2026, 2, 2, 20, 0).getTime();

  it('is the hours from now', () => expect(untilOf(usual, evening)).toEqual(new Date(2026, 2, 3, 0, 0)));

  it.each([['22:15', new Date(2026, 2, 2, 22, 15)], ['02:00', new Date(2026, 2, 3, 2, 0)], ['12:00', new Date(2026, 2, 3, 12, 0)]])(
    'is the next time the clock shows %s', (untilClock, at) => expect(untilOf({ ...usual, untilClock }, evening)).toEqual(at),
  );

  it.each([['20:00'], ['12:01']])('is refused at %s, more than 16 hours away', (untilClock) => expect(untilOf({ ...usual, untilClock }, evening)).toBeNull());
});

describe('limits of one duty', () => {
  it('are named only where there are any', () => {
    expect(dutyLimitsOf(usual)).toEqual({});
    expect(dutyLimitsOf({ ...usual, maxAcuity: '3', buddyOnly: 'yes' })).toEqual({ maxAcuity: 3, buddyOnly: true });
  });
});

describe('where they are', () => {
  it('is told for meeting in person only', () => {
    expect(placeOf({ ...usual, zip: '97401' })).toBeUndefined();
    expect(placeOf({ ...usual, contactKinds: ['in-person'], zip: '97401' })).toEqual({ zip: '97401' });
    expect(placeOf({ ...usual, contactKinds: ['in-person'], zip: '974' })).toBeUndefined();
  });
});
