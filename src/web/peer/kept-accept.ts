import { ApiProblem, surelyRefused } from '../api/problem.js';

/** Where a browser keeps it. Signing out forgets it: somebody else may sit here next. */
export const KEPT_ACCEPT = 'pd.kept-accept';

/** "I'll take it", said but not yet answered: which offer, and the key that makes repeating it harmless. Nothing else is kept. */
export interface KeptAccept {
  readonly offerId: string;
  readonly key: string;
}

export function keptFrom(text: string | null): KeptAccept | null {
  try {
    const read = JSON.parse(text ?? 'null') as Partial<KeptAccept> | null;
    return typeof read?.offerId === 'string' && typeof read.key === 'string' ? { offerId: read.offerId, key: read.key } : null;
  } catch {
    return null;
  }
}

/** `sending`: on its way. `waiting`: nobody answered so far; it goes out again as soon as there is a network. */
export type Sending = { readonly kind: 'none' } | { readonly kind: 'sending' | 'waiting'; readonly offerId: string };

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
    if (kept) this.state = { kind: 'waiting', offerId: kept.offerId };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly now = (): Sending => this.state;

  accept(offerId: string): void {
    if (keptFrom(this.ways.read())?.offerId !== offerId) this.ways.write(JSON.stringify({ offerId, key: this.ways.newKey() }));
    void this.go();
  }

  /** Whenever there is hope: at the start, when the network is back, when somebody looks. */
  async go(): Promise<void> {
    const kept = keptFrom(this.ways.read());
    if (!kept && this.state.kind === 'waiting') this.tell({ kind: 'none' });
    if (this.running || !kept) return;
    this.cancelRetry();
    this.running = true;
    // Once it has failed the page says that it is kept, until there is an answer.
    this.tell({ kind: this.failures === 0 ? 'sending' : 'waiting', offerId: kept.offerId });
    const fault = await this.ways.send(kept).then(() => null, (reason: unknown) => reason);
    this.running = false;
    if (fault !== null && !isAnswer(fault)) return this.retry(kept);
    this.failures = 0;
    this.ways.write(null);
    this.tell({ kind: 'none' });
    this.answered(fault, kept);
  }

  private retry({ offerId }: KeptAccept): void {
    this.failures += 1;
    this.tell({ kind: 'waiting', offerId });
    this.cancelRetry = this.ways.later(Math.min(FIRST_RETRY_MS * 2 ** (this.failures - 1), LONGEST_RETRY_MS), () => void this.go());
  }

  private tell(state: Sending): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** An ended session is no answer: after signing in again it goes out. */
function isAnswer(fault: unknown): boolean {
  return surelyRefused(fault) && !(fault instanceof ApiProblem && fault.status === 401);
}
