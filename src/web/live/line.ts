import { EVENT_TYPES, type EventType, type LiveEvent } from './event-types.js';
import { backOffMs } from './pace.js';

export type LiveState = { readonly kind: 'connecting' } | { readonly kind: 'live' } | { readonly kind: 'lost'; readonly since: number };

/** What a tab is told; it crosses from a worker as it is. `everything`: whatever the tab shows may be old. */
export type News =
  | { readonly kind: 'state'; readonly state: LiveState }
  | { readonly kind: 'event'; readonly event: LiveEvent }
  | { readonly kind: 'everything' };

/** Of a message, what is read here. */
export interface Told<T> {
  readonly data: T;
}
/** Of an `EventSource`, what is used here. */
export interface Source {
  readonly readyState: number;
  addEventListener(type: string, listener: (message: Told<string>) => void): void;
  close(): void;
}
export type OpenSource = (url: string) => Source;

/** The states of an `EventSource` (HTML, § 9.2.2). */
const STANDS = 1;
const GIVEN_UP = 2;
/** The server says that it is still here every 15 s: a line that is silent for longer is dead, whatever the browser believes. */
const SILENT_MS = 40_000;
/** Several tabs find their network in the same moment, and one new try is enough for all. */
const JUST_TRIED_MS = 1_000;

/** The stream of one account, which comes back whenever it breaks; the server refuses it to whoever is signed in as another. */
export class Line {
  private known: LiveState = { kind: 'connecting' };
  private source: Source | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private triedAtMs = Number.NEGATIVE_INFINITY;
  private failures = 0;

  constructor(
    private readonly accountId: string,
    private readonly openSource: OpenSource,
    private readonly tell: (news: News) => void,
  ) {
    this.open();
  }

  get state(): LiveState {
    return this.known;
  }

  /** Somebody looks at a page again, and a device that slept has lost its line without hearing of it. */
  lookUp(): void {
    if (this.source?.readyState !== STANDS) this.renew();
  }

  /** The network is another one: what still looks like a line may be none. */
  renew(): void {
    if (performance.now() - this.triedAtMs >= JUST_TRIED_MS) this.reopen();
  }

  /** Each try also asks for the data: a line that never opens must not leave a page that never changes. */
  reopen(): void {
    this.source?.close();
    clearTimeout(this.retry);
    this.tell({ kind: 'everything' });
    this.open();
  }

  close(): void {
    clearTimeout(this.retry);
    clearTimeout(this.silence);
    this.source?.close();
  }

  private open(): void {
    this.triedAtMs = performance.now();
    const source = this.openSource(`/api/v1/events?account=${encodeURIComponent(this.accountId)}`);
    this.source = source;
    this.heard();
    source.addEventListener('open', () => {
      this.heard();
      this.failures = 0;
      // What a tab asked for before the line stood, also the first time, may be older than what the line tells.
      this.tell({ kind: 'everything' });
      this.become({ kind: 'live' });
    });
    source.addEventListener('still-here', () => this.heard());
    source.addEventListener('reset', () => {
      this.heard();
      this.tell({ kind: 'everything' });
    });
    for (const type of EVENT_TYPES) {
      source.addEventListener(type, (message) => {
        this.heard();
        this.tell({ kind: 'event', event: eventFrom(type, message) });
      });
    }
    source.addEventListener('error', () => {
      this.lost();
      // The browser comes back by itself after a broken line, but never after an answer that says no.
      if (source.readyState === GIVEN_UP) {
        clearTimeout(this.retry);
        this.retry = setTimeout(() => this.reopen(), backOffMs(this.failures, Math.random()));
      }
    });
  }

  private heard(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.lost();
      this.reopen();
    }, SILENT_MS);
  }

  private lost(): void {
    this.failures += 1;
    if (this.known.kind !== 'lost') this.become({ kind: 'lost', since: Date.now() });
  }

  private become(state: LiveState): void {
    this.known = state;
    this.tell({ kind: 'state', state });
  }
}

function eventFrom(type: EventType, message: Told<string>): LiveEvent {
  const { subject, id } = JSON.parse(message.data) as { subject: string; id: string };
  return { type, subject, id };
}
