import type { AccountPrincipal, Role } from '../../access/domain/principal.js';
import { hears, type Addressed, type Listener } from './audience.js';
import { formatCursor, isAfter, type Cursor, type Position, type Start } from './cursor.js';

export interface StreamEvent extends Addressed {
  readonly cursor: Cursor;
  readonly at: Date;
  readonly type: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly version: number;
}

/** Where the frames of one client go. */
export interface Sink {
  /** False: the client does not read, and is given up. */
  write(text: string): boolean;
  end(): void;
}

const RECONNECT_MS = 3_000;

/** Server-sent events (WHATWG HTML §9.2): ids and versions only, the client asks for what it may see. */
export function frameOf(event: StreamEvent): string {
  const known = frames.get(event);
  if (known !== undefined) return known;
  const data = { subject: event.subjectType, id: event.subjectId, version: event.version, at: event.at.toISOString() };
  const frame = `id: ${formatCursor(event.cursor)}\nevent: ${event.type}\ndata: ${JSON.stringify(data)}\n\n`;
  frames.set(event, frame);
  return frame;
}

/** Every client is told the same text, so it is written once an event. */
const frames = new WeakMap<StreamEvent, string>();

/** One client's stream: who listens, how far they have been told, and where the frames go. */
export class LiveStream {
  private sink: Sink | null = null;
  private told: Cursor = { epoch: 0, xact: 0n, seq: 0n };
  private afresh = false;
  private isOpen = true;
  private listener: Listener;
  /** Told as far as the poller is. */
  joined = false;

  constructor(
    private readonly principal: AccountPrincipal,
    start: Start,
    programmeIds: ReadonlySet<string>,
    private readonly ended: (stream: LiveStream) => void,
  ) {
    this.listener = { personId: principal.personId, roles: principal.roles, programmeIds };
    this.begin(start);
  }

  get accountId(): string {
    return this.principal.accountId;
  }

  get personId(): string {
    return this.principal.personId;
  }

  get sessionId(): string {
    return this.principal.sessionId;
  }

  get open(): boolean {
    return this.isOpen;
  }

  get cursor(): Cursor {
    return this.told;
  }

  attach(sink: Sink): void {
    this.sink = sink;
    // The id stands in a frame of its own, so that a client that hears nothing for long resumes all the same.
    this.write(`retry: ${RECONNECT_MS}\n${this.afresh ? '' : `id: ${formatCursor(this.told)}\n`}: connected\n\n`);
    if (this.afresh) this.sendReset();
  }

  /** Too much was missed to tell it all. */
  restart(from: Cursor): void {
    this.begin({ from, reset: true });
    this.sendReset();
  }

  listensAs(roles: readonly Role[], programmeIds: ReadonlySet<string>): void {
    this.listener = { personId: this.personId, roles, programmeIds };
  }

  /** Tells the event, once and in order, when it is for this client. */
  offer(event: StreamEvent): void {
    if (!this.isOpen || !isAfter(event.cursor, this.told)) return;
    this.told = event.cursor;
    if (hears(this.listener, event)) this.write(frameOf(event));
  }

  join(position: Position): void {
    if (isAfter(position, this.told)) this.told = { ...this.told, ...position };
    this.joined = true;
  }

  /** Keeps proxies from closing a quiet stream, finds out that a client is gone, and tells the client that the line still holds. */
  beat(): void {
    this.write('event: still-here\ndata: {}\n\n');
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.sink?.end();
    this.ended(this);
  }

  private begin(start: Start): void {
    this.told = start.from;
    this.afresh = start.reset;
  }

  private sendReset(): void {
    this.write(`id: ${formatCursor(this.told)}\nevent: reset\ndata: {}\n\n`);
    this.afresh = false;
  }

  private write(text: string): void {
    if (this.isOpen && this.sink && !this.sink.write(text)) this.close();
  }
}
