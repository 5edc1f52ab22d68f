import { Events, SYSTEM } from '../../src/platform/events.js';
import type { Person } from './given.js';
import type { World } from './world.js';

/** One server-sent event. */
export interface Frame {
  readonly id: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads `/api/v1/events` as a browser would. */
export class EventStream {
  private reader: ReadableStreamDefaultReader<string> | null = null;
  private unread = '';
  lastEventId = '';
  /** Times the server has said that the line holds, of what was read so far. */
  beats = 0;

  private constructor(
    readonly status: number,
    private readonly abort: AbortController,
  ) {}

  static async open(baseUrl: string, cookie: string, lastEventId?: string, account?: string): Promise<EventStream> {
    const abort = new AbortController();
    const response = await fetch(`${baseUrl}/api/v1/events${account === undefined ? '' : `?account=${account}`}`, {
      signal: abort.signal, headers: { cookie, accept: 'text/event-stream', ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
    });
    const stream = new EventStream(response.status, abort);
    if (response.status === 200 && response.body) {
      stream.reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      // The opening frame says where the stream stands.
      await stream.block();
    }
    return stream;
  }

  /** The next event; null when the server ended the stream. Heartbeats are passed over. */
  async next(): Promise<Frame | null> {
    for (;;) {
      const block = await this.block();
      if (block === null) return null;
      const field = (name: string) => block.split('\n').find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      const [event, data] = [field('event'), field('data')];
      if (event === 'still-here') this.beats += 1;
      if (event !== undefined && event !== 'still-here' && data !== undefined) return { id: this.lastEventId, event, data: JSON.parse(data) as Frame['data'] };
    }
  }

  /** Reads on until an event fits; what comes before it is returned too. */
  async until(fits: (frame: Frame) => boolean): Promise<Frame[]> {
    const heard: Frame[] = [];
    for (let frame = await this.next(); frame; frame = await this.next()) {
      heard.push(frame);
      if (fits(frame)) return heard;
    }
    throw new Error(`the stream ended after ${heard.map(({ event }) => event).join(', ') || 'nothing'}`);
  }

  close(): void {
    this.abort.abort();
  }

  private async block(): Promise<string | null> {
    for (;;) {
      const end = this.unread.indexOf('\n\n');
      if (end >= 0) {
        const block = this.unread.slice(0, end);
        this.unread = this.unread.slice(end + 2);
        const id = block.split('\n').find((line) => line.startsWith('id: '));
        if (id !== undefined) this.lastEventId = id.slice(4);
        return block;
      }
      const chunk = await this.reader?.read();
      if (!chunk || chunk.done) return null;
      this.unread += chunk.value;
    }
  }
}

const LAST = '0190a000-0000-7000-8000-0000000000ff';

/** One last thing for each of these people: what comes before it is all they heard. */
export async function lastWordTo(world: World, people: readonly Person[]): Promise<void> {
  const last = { type: 'account.changed' as const, subjectType: 'account', subjectId: LAST, programmeId: null, staff: false, version: 1, actor: SYSTEM, data: {} };
  await world.db.withTx((tx) => world.get(Events).append(tx, world.clock.now(), ...people.map(({ personId }) => ({ ...last, personId }))));
}

export function isLastWord({ data }: Frame): boolean {
  return data.id === LAST;
}
