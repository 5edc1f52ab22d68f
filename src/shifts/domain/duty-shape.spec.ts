import { describe, expect, it } from '@jest/globals';
import { reshaped } from './duty-shape.js';

const duty = { dutyAs: 'peer', programmeIds: ['warmline', 'mobile'], contactKinds: ['phone', 'text'] } as const;
const allowed = { programmeIds: ['warmline', 'mobile', 'youth'], contactKinds: ['phone', 'text', 'video'], languages: ['en'] } as const;

describe('a duty under which something changes', () => {
  it('is found by the new languages at once', () => {
    const { traits, over } = reshaped(duty, { ...allowed, languages: ['en', 'es'] });
    expect(traits).toEqual(['programme:warmline', 'programme:mobile', 'kind:phone', 'kind:text', 'language:en', 'language:es']);
    expect(over).toBe(false);
  });

  it('is never widened beyond what the person chose', () => {
    expect(reshaped(duty, allowed)).toMatchObject({ programmeIds: ['warmline', 'mobile'], contactKinds: ['phone', 'text'] });
  });

  it('loses what is no longer allowed, for the matcher too', () => {
    expect(reshaped(duty, { programmeIds: ['mobile'], contactKinds: ['text'], languages: ['en'] })).toEqual({
      programmeIds: ['mobile'], contactKinds: ['text'], traits: ['programme:mobile', 'kind:text', 'language:en'], over: false,
    });
  });

  it.each([['programme', { ...allowed, programmeIds: [] }], ['kind of contact', { ...allowed, contactKinds: ['video'] as const }]])('is over when no %s is left, and is found no more', (_, now) => {
    expect(reshaped(duty, now)).toEqual({ programmeIds: duty.programmeIds, contactKinds: duty.contactKinds, traits: [], over: true });
  });

  it('of a supervisor asks for programmes only', () => {
    expect(reshaped({ ...duty, dutyAs: 'supervisor', contactKinds: [] }, { ...allowed, contactKinds: null }).over).toBe(false);
  });
});
