import { describe, expect, it } from '@jest/globals';
import { dayOrNight } from './night.js';

describe('the night of a programme', () => {
  it.each<[string, string, boolean, string]>([
    ['is over at six', '2026-03-02T06:00', false, '2026-03-02T22:00'],
    ['lasts to the last minute before', '2026-03-02T05:59', true, '2026-03-02T06:00'],
    ['begins at ten in the evening', '2026-03-02T22:00', true, '2026-03-03T06:00'],
    ['has not begun a minute before', '2026-03-02T21:59', false, '2026-03-02T22:00'],
    ['ends at six by the clock when an hour is left out', '2026-03-07T23:00', true, '2026-03-08T06:00'],
    ['and when one comes twice', '2026-10-31T23:00', true, '2026-11-01T06:00'],
  ])('%s', (_, at, night, until) => {
    const moment = (local: string): Date => new Date(`${local}:00${offsets[local.slice(0, 10)] ?? '-08:00'}`);
    expect(dayOrNight(moment(at), 'America/Los_Angeles')).toEqual({ night, until: moment(until) });
  });
});

/** Where it is not standard time. */
const offsets: Readonly<Record<string, string>> = { '2026-03-08': '-07:00', '2026-10-31': '-07:00' };
