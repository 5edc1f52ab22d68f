import { untoldDueAt, type FlagCase, type Opening } from './flag-case.js';

/** A concern raised while a case was open that is not there for whoever raised it: to them it is the case. */
export interface SecondRaise {
  readonly id: string;
  readonly caseId: string;
  readonly personId: string;
  readonly raisedBy: string;
  readonly raisedAt: Date;
  /** When whoever raised it was reminded that the peer has not heard of it, in that order. */
  readonly remindedAt: readonly Date[];
  /** When they are reminded next, if the peer has not heard by then. */
  readonly nextDueAt: Date;
}

export interface DoneAbout {
  readonly at: Date;
  /** Null: by time, or by somebody whose name is not told. */
  readonly byPerson: string | null;
  readonly act: string;
}

/** All that can stand in a case's list before the peer was told. */
const BEFORE_TOLD = ['raise', 'still-untold'];

export function raisedBeside({ id: caseId, personId }: FlagCase, { id, raisedBy }: { readonly id: string; readonly raisedBy: string }, now: Date): SecondRaise {
  return { id, caseId, personId, raisedBy, raisedAt: now, remindedAt: [], nextDueAt: untoldDueAt(now, null) };
}

export function remindedAgain(raise: SecondRaise, now: Date): SecondRaise {
  return { ...raise, remindedAt: [...raise.remindedAt, now], nextDueAt: untoldDueAt(raise.raisedAt, now) };
}

/** The case as whoever raised this sees it: one that they opened. What happens once the peer was told happens to both. */
export function asRaised(flag: FlagCase, { id, raisedBy, raisedAt, remindedAt }: SecondRaise): FlagCase {
  const opening: Omit<Opening, 'personId'> = { id, origin: 'supervisor', raisedBy };
  return { ...flag, ...opening, openedAt: raisedAt, remindedAt: flag.toldAt ? flag.remindedAt : (remindedAt.at(-1) ?? null) };
}

/** The case as this reader sees it, if they may at all: their own concern in its place where they have raised one beside it. */
export function asSeenBy(readerId: string, flag: FlagCase, raises: readonly SecondRaise[]): FlagCase {
  const own = ownOf(readerId, flag, raises);
  return own ? asRaised(flag, own) : flag;
}

/** What was done about it, as this reader sees it. That others raised a concern beside it is for the supervisor, without their names. */
export function stepsSeenBy(reader: { readonly id: string; readonly as: 'supervisor' | 'deputy' }, flag: FlagCase, raises: readonly SecondRaise[], steps: readonly DoneAbout[]): DoneAbout[] {
  const own = ownOf(reader.id, flag, raises);
  if (own) {
    const reminders = own.remindedAt.map((at) => ({ at, byPerson: null, act: 'still-untold' }));
    return [{ at: own.raisedAt, byPerson: own.raisedBy, act: 'raise' }, ...reminders, ...steps.filter(({ act }) => !BEFORE_TOLD.includes(act))];
  }
  if (reader.as !== 'supervisor') return [...steps];
  return [...steps, ...raises.map(({ raisedAt }) => ({ at: raisedAt, byPerson: null, act: 'raised-again' }))].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/** All who raised it. Empty: the peer themself, or time. */
export function raisersOf({ raisedBy }: Pick<FlagCase, 'raisedBy'>, raises: readonly Pick<SecondRaise, 'raisedBy'>[]): string[] {
  return [raisedBy, ...raises.map((raise) => raise.raisedBy)].filter((id) => id !== null);
}

function ownOf(readerId: string, { id }: FlagCase, raises: readonly SecondRaise[]): SecondRaise | undefined {
  return raises.find(({ caseId, raisedBy }) => caseId === id && raisedBy === readerId);
}
