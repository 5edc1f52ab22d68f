import { createReadStream } from 'node:fs';
import { parse, type CsvError } from 'csv-parse';
import { DateTime } from 'luxon';

/** One recorded dispatch; times in epoch milliseconds, null = not recorded. */
export interface DispatchRecord {
  readonly line: number;
  readonly caseId: string;
  readonly city: string;
  readonly requestedAtMs: number;
  /** Local date of the request, for --from and --to. */
  readonly requestedOn: string;
  readonly dispatchedAtMs: number | null;
  readonly arrivedAtMs: number | null;
  readonly engagedAtMs: number | null;
  readonly departedAtMs: number | null;
  readonly reasons: readonly string[];
  readonly endPoint: string;
  readonly disposition: string;
}

export interface BadRow {
  readonly line: number;
  readonly why: string;
}

interface RecordFile {
  readonly records: readonly DispatchRecord[];
  readonly badRows: readonly BadRow[];
}

interface RecordFilter {
  readonly from: string | null;
  readonly to: string | null;
  readonly limit: number | null;
}

const COLUMNS = [
  'case_id', 'city', 'requested_at', 'dispatched_at', 'arrived_at', 'engaged_at', 'departed_at',
  'reasons', 'end_point', 'disposition',
] as const;
type Column = (typeof COLUMNS)[number];
export type Row = Readonly<Record<Column, string>>;

const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?$/;
const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;
const MAX_ROW_BYTES = 64 * 1024;

/** Reads one row; a `BadRow` says in words why the row cannot be trusted. */
export function readRow(row: Row, line: number, zone: string): DispatchRecord | BadRow {
  const times: Partial<Record<Column, DateTime>> = {};
  for (const column of ['requested_at', 'dispatched_at', 'arrived_at', 'engaged_at', 'departed_at'] as const) {
    const text = row[column].trim();
    if (text === '') continue;
    const time = LOCAL_TIME.test(text) ? DateTime.fromISO(text.replace(' ', 'T'), { zone }) : null;
    if (!time?.isValid) return { line, why: `${column} "${text.slice(0, 40)}" is not a local time` };
    if (time.year < FIRST_YEAR || time.year > LAST_YEAR) {
      return { line, why: `${column} ${text} is outside ${FIRST_YEAR}–${LAST_YEAR}` };
    }
    times[column] = time;
  }
  const requestedAt = times.requested_at;
  if (!requestedAt) return { line, why: 'requested_at is missing' };
  return {
    line,
    caseId: row.case_id.trim(),
    city: row.city.trim(),
    requestedAtMs: requestedAt.toMillis(),
    requestedOn: requestedAt.toISODate() ?? '',
    dispatchedAtMs: times.dispatched_at?.toMillis() ?? null,
    arrivedAtMs: times.arrived_at?.toMillis() ?? null,
    engagedAtMs: times.engaged_at?.toMillis() ?? null,
    departedAtMs: times.departed_at?.toMillis() ?? null,
    reasons: row.reasons.split(';').map((reason) => reason.trim()).filter((reason) => reason !== ''),
    endPoint: row.end_point.trim(),
    disposition: row.disposition.trim(),
  };
}

/** Streams the file; the chosen records come back in the order of their requests, as they would have arrived. */
export async function readRecords(file: string, zone: string, filter: RecordFilter): Promise<RecordFile> {
  const badRows: BadRow[] = [];
  const records: DispatchRecord[] = [];
  const parser = parse({
    bom: true,
    info: true,
    columns: (header: string[]) => knownColumns(header),
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_ROW_BYTES,
    on_skip: (error: CsvError | undefined) => {
      badRows.push({ line: lineOf(error), why: error?.message ?? 'unreadable' });
      return undefined;
    },
  });
  // A read error of the file does not travel through pipe() by itself.
  createReadStream(file).on('error', (error) => parser.destroy(error)).pipe(parser);
  for await (const { record, info } of parser as AsyncIterable<{ record: Row; info: { lines: number } }>) {
    const read = readRow(record, info.lines, zone);
    if ('why' in read) badRows.push(read);
    else if (isChosen(read, filter)) records.push(read);
  }
  records.sort((a, b) => a.requestedAtMs - b.requestedAtMs || a.line - b.line);
  return { records: filter.limit === null ? records : records.slice(0, filter.limit), badRows };
}

function isChosen(record: DispatchRecord, { from, to }: RecordFilter): boolean {
  return (from === null || record.requestedOn >= from) && (to === null || record.requestedOn <= to);
}

function knownColumns(header: readonly string[]): string[] {
  const names = header.map((name) => name.trim());
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new Error(`The file has no column ${missing.join(', ')}.`);
  return names;
}

function lineOf(error: CsvError | undefined): number {
  const lines = (error as { lines?: unknown } | undefined)?.lines;
  return typeof lines === 'number' ? lines : 0;
}

/** How long a request waited for its dispatch on record; null where a stamp is missing or out of order. */
export function recordedWaitMs(record: DispatchRecord): number | null {
  if (record.dispatchedAtMs === null || record.dispatchedAtMs < record.requestedAtMs) return null;
  return record.dispatchedAtMs - record.requestedAtMs;
}

/** How long the team was with the person on record; null where a stamp is missing or out of order. */
export function recordedContactMs(record: DispatchRecord): number | null {
  const begun = record.engagedAtMs ?? record.arrivedAtMs;
  if (begun === null || record.departedAtMs === null || record.departedAtMs < begun) return null;
  return record.departedAtMs - begun;
}
