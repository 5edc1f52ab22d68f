import { ApiProblem, surelyRefused } from '../api/problem.js';

/** Where a browser keeps it. Signing out forgets it: somebody else may sit here next. */
export const KEPT_ACCEPT = 'pd.kept-accept';

/** "I'll take it", said but not yet answered: which offer, and the key that makes repeating it harmless. Nothing else is kept. */
export interface KeptAccept {
  readonly offerId: string;
  readonly key: string;
}

/** The first that goes out. */
export function keptFrom(text: string | null): KeptAccept | null {
  return allKept(text)[0] ?? null;
}

/** In the order they were said. One alone may have been written down by an earlier version. */
function allKept(text: string | null): KeptAccept[] {
  try {
    const read = JSON.parse(text ?? '[]') as unknown;
    return (Array.isArray(read) ? read : [read]).flatMap((each: Partial<KeptAccept> | null) =>
      (typeof each?.offerId === 'string' && typeof each.key === 'string' ? [{ offerId: each.offerId, key: each.key }] : []));
  } catch {
    return [];
  }
}

/** `sending`: on its way. `waiting`: nobody answered so far; it goes out again as soon as there is a network. */
export type Sending = { readonly kind: 'none' } | { readonly kind: 'sending' | 'waiting'; readonly offerId: string; /** These go out after it. */ readonly next?: readonly string[] };

export interface Ways {
  /** Where it outlives the page. */
  read(): string | null;
  write(text: string | null): void;
  /** Resolves when the server said yes. */
  send(kept: KeptAccept): Promise<void>;
  newKey(): string;
  /** Calls later unless cancelled. */
  later(ms: number, call: () => void): () => void;
}

const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 30_000;

/**
 * Sends an accept until the server has answered, however often the network or the page goes away: it is written down
 * before it is sent first, and every try carries the same key, so that it counts once.
 */
export class KeptAccepting {
  private running = false;
  private failures = 0;
  private cancelRetry: () => void = () => undefined;
  private readonly listeners = new Set<() => void>();
  private state: Sending = { kind: 'none' };

  /** `answered` hears the server's no, or null for its yes. */
  constructor(private readonly ways: Ways, private readonly answered: (fault: unknown, kept: KeptAccept) => void) {
    const kept = keptFrom(ways.read());
    if (kept) this.tell('waiting', kept.offerId);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly now = (): Sending => this.state;

  accept(offerId: string): void {
    const kept = allKept(this.ways.read());
    if (kept.every((each) => each.offerId !== offerId)) this.ways.write(JSON.stringify([...kept, { offerId, key: this.ways.newKey() }]));
    // Another may be on its way: this one waits for its turn.
    if (this.state.kind !== 'none') this.tell(this.state.kind, this.state.offerId);
    void this.go();
  }

  /** Whenever there is hope: at the start, when the network is back, when somebody looks. */
  async go(): Promise<void> {
    const kept = keptFrom(this.ways.read());
    if (!kept && this.state.kind === 'waiting') this.rest();
    if (this.running || !kept) return;
    this.cancelRetry();
    this.running = true;
    // Once it has failed the page says that it is kept, until there is an answer.
    this.tell(this.failures === 0 ? 'sending' : 'waiting', kept.offerId);
    const fault = await this.ways.send(kept).then(() => null, (reason: unknown) => reason);
    this.running = false;
    if (fault !== null && !isAnswer(fault)) return this.retry(kept);
    this.failures = 0;
    const others = allKept(this.ways.read()).filter(({ key }) => key !== kept.key);
    this.ways.write(others.length > 0 ? JSON.stringify(others) : null);
    this.rest();
    this.answered(fault, kept);
    void this.go();
  }

  private retry({ offerId }: KeptAccept): void {
    this.failures += 1;
    this.tell('waiting', offerId);
    this.cancelRetry = this.ways.later(Math.min(FIRST_RETRY_MS * 2 ** (this.failures - 1), LONGEST_RETRY_MS), () => void this.go());
  }

  private tell(kind: 'sending' | 'waiting', offerId: string): void {
    const next = allKept(this.ways.read()).map((each) => each.offerId).filter((each) => each !== offerId);
    this.become({ kind, offerId, ...(next.length > 0 ? { next } : {}) });
  }

  private rest(): void {
    this.become({ kind: 'none' });
  }

  private become(state: Sending): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** An ended session is no answer: after signing in again it goes out. */
function isAnswer(fault: unknown): boolean {
  return surelyRefused(fault) && !(fault instanceof ApiProblem && fault.status === 401);
}
