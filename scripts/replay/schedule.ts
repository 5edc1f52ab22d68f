import { recordedContactMs, type DispatchRecord } from './records.js';

export interface Arrival {
  readonly record: DispatchRecord;
  /** After the start of the run. */
  readonly afterMs: number;
}

const DEFAULT_ARRIVALS_MS = 120_000;
const SHORTEST_CONTACT_MS = 500;
const LONGEST_CONTACT_MS = 20_000;

/** How many times faster than life the records are replayed, when nobody says: arrivals take two minutes, and never longer than they did. */
export function defaultCompression(records: readonly DispatchRecord[]): number {
  const first = records[0];
  const last = records.at(-1);
  if (!first || !last) return 1;
  return Math.max(1, (last.requestedAtMs - first.requestedAtMs) / DEFAULT_ARRIVALS_MS);
}

/** Records must be in the order of their requests. */
export function arrivalsOf(records: readonly DispatchRecord[], compression: number): readonly Arrival[] {
  const startMs = records[0]?.requestedAtMs ?? 0;
  return records.map((record) => ({ record, afterMs: (record.requestedAtMs - startMs) / compression }));
}

type ContactLength =
  | { readonly kind: 'recorded'; readonly ms: number }
  | { readonly kind: 'held-in-bounds'; readonly ms: number }
  | { readonly kind: 'not-recorded'; readonly ms: number };

/** Contact as long as recorded, compressed like the arrivals, but never so short or long that the run shows nothing. */
export function contactLength(record: DispatchRecord, compression: number): ContactLength {
  const recordedMs = recordedContactMs(record);
  if (recordedMs === null) return { kind: 'not-recorded', ms: SHORTEST_CONTACT_MS };
  const compressedMs = recordedMs / compression;
  const ms = Math.min(LONGEST_CONTACT_MS, Math.max(SHORTEST_CONTACT_MS, compressedMs));
  return { kind: ms === compressedMs ? 'recorded' : 'held-in-bounds', ms };
}
