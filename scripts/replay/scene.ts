import { pause } from './door.js';
import type { Ledger } from './ledger.js';
import type { Catalogue, ReplayMapping } from './mapping.js';
import type { ReplayOptions } from './options.js';
import { sayAnswer, Unreachable, type Answer, type ServerClock } from './session.js';

/** What everybody in a run shares. */
export interface Scene {
  readonly options: ReplayOptions;
  readonly mapping: ReplayMapping;
  readonly ledger: Ledger;
  readonly clock: ServerClock;
  readonly programmeId: string;
  readonly catalogue: Catalogue;
  readonly compression: number;
  readonly runId: string;
}

/** Wakes a loop at a ring, or after a while without one. */
export class Bell {
  private ringer = new AbortController();

  ring(): void {
    this.ringer.abort();
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    await pause(ms, AbortSignal.any([signal, this.ringer.signal]));
    this.ringer = new AbortController();
  }
}

/** Runs `task` for each item, at most `width` at a time. */
export async function eachOf<T>(items: readonly T[], width: number, task: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** The answer, or null when there was none or not the one hoped for; what came instead is counted in the ledger. It never rejects: a simulated person goes on. */
export async function hoped(ledger: Ledger, what: string, statuses: readonly number[], ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    const answer = await ask();
    if (statuses.includes(answer.status)) return answer;
    ledger.surprises.add(`${what}: ${sayAnswer(answer)}`);
  } catch (error) {
    ledger.surprises.add(`${what}: ${error instanceof Unreachable ? 'no answer' : String(error)}`);
  }
  return null;
}
