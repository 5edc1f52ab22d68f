import type { BoardView } from '../../dispatch/contract.js';
import type { SoundKind } from '../parts/sound.js';

/** What can be heard of a board: what nobody has taken on, and who is led. */
export interface Audible {
  readonly mustAct: ReadonlySet<string>;
  readonly led: ReadonlyMap<string, boolean>;
  readonly numbers: ReadonlyMap<string, number>;
}

export interface Heard {
  readonly kind: SoundKind;
  /** The request it is about; null where it is about something else. */
  readonly number: number | null;
}

export function audible(board: Pick<BoardView, 'requests' | 'alarms'>): Audible {
  return {
    mustAct: new Set(board.alarms.filter(({ acknowledgedAt }) => acknowledgedAt === null).map(({ id }) => id)),
    led: new Map(board.requests.map(({ id, assignment }) => [id, assignment !== null])),
    numbers: new Map(board.requests.map(({ id, number }) => [id, number])),
  };
}

/** At most one sound for each change, the gravest: a desk that hears three at once hears none. A page that has just opened tells of alarms only. */
export function soundBetween(before: Audible | null, now: Audible): Heard | null {
  const alarm = [...now.mustAct].find((id) => !before?.mustAct.has(id));
  if (alarm !== undefined) return { kind: 'alarm', number: null };
  if (before === null) return null;
  const arrived = [...now.led.keys()].find((id) => !before.led.has(id));
  if (arrived !== undefined) return { kind: 'arrived', number: now.numbers.get(arrived) ?? null };
  const taken = [...now.led].find(([id, led]) => led && before.led.get(id) === false);
  return taken ? { kind: 'taken', number: now.numbers.get(taken[0]) ?? null } : null;
}
