import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../platform/time.js';
import { thinCover, type There } from './thin-cover.js';

const now = new Date(Date.UTC(2026, 2, 2, 18));
const inHours = (hours: number): Date => new Date(now.getTime() + hours * HOUR_MS);
const peer = (hours: number, ...languages: string[]): There => ({ as: 'peer', until: inHours(hours), languages });
const supervisor: There = { as: 'supervisor', until: null, languages: [] };
const thin = (there: There[], wanted: string[] = []) => thinCover(there, wanted, now, 4 * HOUR_MS);

describe('thin cover', () => {
  it('is nothing while everybody stays beyond the horizon', () => {
    expect(thin([supervisor, peer(8, 'en', 'es'), peer(2, 'en')])).toEqual([]);
  });

  it('names the language whose last speaker leaves first, and when', () => {
    expect(thin([supervisor, peer(8, 'en'), peer(1, 'es'), peer(2, 'es')])).toEqual([{ kind: 'language', language: 'es', from: inHours(2) }]);
  });

  it('names a language that is asked for and that nobody speaks', () => {
    expect(thin([supervisor, peer(8, 'en')], ['ru', 'en'])).toEqual([{ kind: 'language', language: 'ru', from: null }]);
  });

  it('says once that everybody leaves, not once more for each language', () => {
    expect(thin([supervisor, peer(3, 'en', 'es')])).toEqual([{ kind: 'peers', language: null, from: inHours(3) }]);
  });

  it('says nobody once when nobody is there at all', () => {
    expect(thin([supervisor], ['es'])).toEqual([{ kind: 'peers', language: null, from: null }]);
  });

  it('counts an on-call list as a supervisor without an end, and says when the last one with an end goes', () => {
    const onDuty: There = { as: 'supervisor', until: inHours(1), languages: [] };
    expect(thin([supervisor, onDuty, peer(8, 'en')])).toEqual([]);
    expect(thin([onDuty, peer(8, 'en')])).toEqual([{ kind: 'supervisor', language: null, from: inHours(1) }]);
    expect(thin([peer(8, 'en')])).toEqual([{ kind: 'supervisor', language: null, from: null }]);
  });

  it('tells what is missing already before what will be', () => {
    expect(thin([supervisor, peer(8, 'en'), peer(1, 'es')], ['ru']).map(({ language }) => language)).toEqual(['ru', 'es']);
  });
});
