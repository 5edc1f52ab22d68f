import { describe, expect, it } from '@jest/globals';
import { countsOf, taking, writing } from './hand-over-note.js';

describe('a hand-over note', () => {
  it('is written anew by whoever wrote it, and by nobody else while it waits', () => {
    expect(writing(null, 'ann')).toBe('new');
    expect(writing({ writtenBy: 'ann' }, 'ann')).toBe('anew');
    expect(() => writing({ writtenBy: 'ann' }, 'ben')).toThrow('hand-over-note-waiting');
  });

  it('is taken once, by somebody other than its writer', () => {
    expect(taking({ writtenBy: 'ann', takenBy: null }, 'ben')).toBe('take');
    expect(taking({ writtenBy: 'ann', takenBy: 'ben' }, 'ben')).toBe('nothing');
    expect(() => taking({ writtenBy: 'ann', takenBy: 'ben' }, 'cam')).toThrow('hand-over-note-taken');
    expect(() => taking({ writtenBy: 'ann', takenBy: null }, 'ann')).toThrow('hand-over-note-own');
  });

  it('counts each open request once', () => {
    const byState = [{ state: 'searching', count: 3 }, { state: 'escalated', count: 1 }, { state: 'assigned', count: 2 }, { state: 'triaged', count: 4 }];
    expect(countsOf(byState)).toEqual({ open: 10, waiting: 4, led: 2, planned: 4 });
  });
});
