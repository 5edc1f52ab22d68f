import { describe, expect, it } from '@jest/globals';
import { momentIn, wallIn, zonedClock } from './zoned.js';

const OREGON = 'America/Los_Angeles';

describe('a wall time in the programme’s zone', () => {
  it.each([
    ['in winter', '2026-01-15T09:30', '2026-01-15T17:30:00.000Z'],
    ['in summer', '2026-07-15T09:30', '2026-07-15T16:30:00.000Z'],
    ['the minute before the clocks go forward', '2026-03-08T01:59', '2026-03-08T09:59:00.000Z'],
    ['the minute after', '2026-03-08T03:00', '2026-03-08T10:00:00.000Z'],
    ['the evening before the clocks go back', '2026-10-31T23:00', '2026-11-01T06:00:00.000Z'],
    ['the evening after', '2026-11-01T23:00', '2026-11-02T07:00:00.000Z'],
  ])('is one moment %s', (_, wall, at) => {
    expect(momentIn(wall, OREGON)).toEqual({ kind: 'once', at: new Date(at) });
    expect(wallIn(new Date(at), OREGON)).toBe(wall);
  });

  it('is none in the hour the clocks skip', () => {
    expect(momentIn('2026-03-08T02:30', OREGON)).toEqual({ kind: 'skipped' });
  });

  it('is two in the hour they repeat, the earlier one first', () => {
    expect(momentIn('2026-11-01T01:30', OREGON)).toEqual({ kind: 'twice', first: new Date('2026-11-01T08:30:00Z'), second: new Date('2026-11-01T09:30:00Z') });
  });

  it.each([['Asia/Kolkata', '2026-06-01T00:15', '2026-05-31T18:45:00.000Z'], ['Pacific/Auckland', '2026-01-01T00:00', '2025-12-31T11:00:00.000Z'], ['UTC', '2026-06-01T12:00', '2026-06-01T12:00:00.000Z']])(
    'holds east of Greenwich too: %s', (zone, wall, at) => {
      expect(momentIn(wall, zone)).toEqual({ kind: 'once', at: new Date(at) });
    },
  );

  it.each(['', 'tomorrow', '2026-03-08'])('is nothing when it is no time: %j', (wall) => {
    expect(momentIn(wall, OREGON)).toBeNull();
  });

  it('is told with its zone, and with its day unless that is today there', () => {
    const at = new Date('2026-03-09T05:30:00Z');
    expect(zonedClock(at, new Date('2026-03-09T04:00:00Z'), OREGON, 'en')).toBe('22:30 PDT');
    expect(zonedClock(at, new Date('2026-03-09T17:00:00Z'), OREGON, 'en')).toContain('Sun');
  });
});
