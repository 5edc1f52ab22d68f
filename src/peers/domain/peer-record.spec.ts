import { describe, expect, it } from '@jest/globals';
import type { PeerProfile } from './peer.js';
import { changed, changedFields } from './peer-record.js';

const ANA: PeerProfile = {
  personId: 'ana', languages: ['en'], contactKinds: ['phone'], gender: 'woman', areaId: 'lane', youthCleared: null, engagement: 'part-time', status: 'active',
};

describe('a change of a peer', () => {
  it('leaves what it does not name', () => {
    expect(changed(ANA, { languages: ['en', 'es'] })).toEqual({ ...ANA, languages: ['en', 'es'] });
    expect(changed(ANA, { areaId: undefined, addTraits: [{ kind: 'skill', code: 'x' }] })).toEqual(ANA);
  });
  it('may empty what may be empty', () => expect(changed(ANA, { areaId: null, youthCleared: null })).toEqual({ ...ANA, areaId: null }));
  it('names the fields that differ, and none when nothing does', () => {
    expect(changedFields(ANA, changed(ANA, { languages: ['es'], youthCleared: true }))).toEqual(['languages', 'youthCleared']);
    expect(changedFields(ANA, changed(ANA, { languages: ['en'], status: 'active' }))).toEqual([]);
  });
});
