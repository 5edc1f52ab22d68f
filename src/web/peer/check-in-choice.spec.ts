import { describe, expect, it } from '@jest/globals';
import { usualChoice } from './check-in-choice.js';

const programmes = [{ id: 'warm', name: 'Warmline', timeZone: 'UTC' }, { id: 'mobile', name: 'Mobile response', timeZone: 'UTC' }];

describe('the usual check-in', () => {
  it.each([[null], [''], ['{'], ['7'], ['{"programmeIds":3,"contactKinds":null}']])('is all programmes by phone and text for four hours when %p is remembered', (remembered) => {
    expect(usualChoice(remembered, programmes)).toEqual({ programmeIds: ['warm', 'mobile'], contactKinds: ['phone', 'text'], hours: 4 });
  });

  it('is what was chosen last time', () => {
    const last = JSON.stringify({ programmeIds: ['mobile'], contactKinds: ['in-person'], hours: 8 });
    expect(usualChoice(last, programmes)).toEqual({ programmeIds: ['mobile'], contactKinds: ['in-person'], hours: 8 });
  });

  it('forgets what no longer exists', () => {
    const last = JSON.stringify({ programmeIds: ['gone'], contactKinds: ['fax'], hours: 99 });
    expect(usualChoice(last, programmes)).toEqual({ programmeIds: ['warm', 'mobile'], contactKinds: ['phone', 'text'], hours: 4 });
  });
});
