/** A place in the event stream. Order is by transaction and then by row, because transactions commit out of row order. */
export interface Cursor {
  readonly epoch: number;
  readonly xact: bigint;
  readonly seq: bigint;
}

export type Position = Pick<Cursor, 'xact' | 'seq'>;

const FORM = /^(\d{1,9})\.(\d{1,20})\.(\d{1,19})$/;
/** Largest xid8 and bigint Postgres takes. */
const MAX_XACT = 2n ** 64n - 1n;
const MAX_SEQ = 2n ** 63n - 1n;

export function formatCursor(cursor: Cursor): string {
  return `${cursor.epoch}.${cursor.xact}.${cursor.seq}`;
}

/** null for anything we did not hand out. */
export function parseCursor(text: string): Cursor | null {
  const [, epoch, xact, seq] = FORM.exec(text) ?? [];
  if (epoch === undefined || xact === undefined || seq === undefined) return null;
  const cursor = { epoch: Number(epoch), xact: BigInt(xact), seq: BigInt(seq) };
  return cursor.xact <= MAX_XACT && cursor.seq <= MAX_SEQ ? cursor : null;
}

export function isAfter(a: Position, b: Position): boolean {
  return a.xact === b.xact ? a.seq > b.seq : a.xact > b.xact;
}

export type Start = { readonly from: Cursor; readonly reset: boolean };

/**
 * Where a stream begins. `horizon` is the oldest transaction that may still be running: everything before it has been
 * told, so a cursor from beyond it, or from before a restore, tells nothing about what the client has missed.
 */
export function startOf(lastEventId: string | undefined, epoch: number, horizon: bigint): Start {
  const now = { epoch, xact: horizon, seq: 0n };
  if (lastEventId === undefined || lastEventId === '') return { from: now, reset: false };
  const cursor = parseCursor(lastEventId);
  const known = cursor !== null && cursor.epoch === epoch && !isAfter(cursor, now);
  return known ? { from: cursor, reset: false } : { from: now, reset: true };
}
