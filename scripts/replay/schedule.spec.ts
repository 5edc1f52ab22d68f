import type { DispatchRecord } from './records.js';
import { arrivalsOf, contactLength, defaultCompression } from './schedule.js';

const HOUR_MS = 3_600_000;
function record(requestedAtMs: number, contactMs: number | null = null): DispatchRecord {
  return {
    line: 2, caseId: '1', city: '', requestedAtMs, requestedOn: '', dispatchedAtMs: null, arrivedAtMs: null,
    engagedAtMs: contactMs === null ? null : requestedAtMs, departedAtMs: contactMs === null ? null : requestedAtMs + contactMs,
    reasons: [], endPoint: '', disposition: '',
  };
}

it('compresses arrivals into two minutes when nobody says otherwise', () => {
  const records = [record(0), record(2 * HOUR_MS), record(4 * HOUR_MS)];
  const compression = defaultCompression(records);
  expect(arrivalsOf(records, compression).map(({ afterMs }) => afterMs)).toEqual([0, 60_000, 120_000]);
});

it('never replays slower than life', () => {
  expect(defaultCompression([record(0), record(30_000)])).toBe(1);
  expect(defaultCompression([record(0)])).toBe(1);
  expect(defaultCompression([])).toBe(1);
});

it('divides the gaps between records by the compression', () => {
  expect(arrivalsOf([record(1000), record(4000)], 3).map(({ afterMs }) => afterMs)).toEqual([0, 1000]);
});

it('compresses contacts like the arrivals, within bounds that it owns up to', () => {
  expect(contactLength(record(0, 20 * 60_000), 120)).toEqual({ kind: 'recorded', ms: 10_000 });
  expect(contactLength(record(0, 20 * 60_000), 100_000)).toEqual({ kind: 'held-in-bounds', ms: 500 });
  expect(contactLength(record(0, 20 * 60_000), 1)).toEqual({ kind: 'held-in-bounds', ms: 20_000 });
  expect(contactLength(record(0), 1)).toEqual({ kind: 'not-recorded', ms: 500 });
});
