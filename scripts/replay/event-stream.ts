import { nowMs, pause } from './door.js';
import type { Session } from './session.js';

interface StreamEvent {
  readonly id: string | null;
  readonly type: string;
}

/** Reads server-sent events out of text that arrives in any pieces (WHATWG HTML, 9.2.6); data stays unread: an event is a ring, the facts are fetched. */
export class EventReader {
  private rest = '';
  private id: string | null = null;
  private type = '';
  private hasData = false;

  push(text: string): readonly StreamEvent[] {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    const events: StreamEvent[] = [];
    for (const line of lines) {
      if (line === '') {
        if (this.hasData) events.push({ id: this.id, type: this.type || 'message' });
        this.type = '';
        this.hasData = false;
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'id') this.id = value;
      if (field === 'event') this.type = value;
      if (field === 'data') this.hasData = true;
    }
    return events;
  }
}

const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 10_000;
/** A stream that lasted this long was healthy: the next break starts from the first back-off again. */
const HEALTHY_MS = 5_000;

/** Listens until `signal` aborts; reconnects with the last event's id, slower each time it fails. Each connection rings once, for what was missed. */
export async function listen(session: Session, ring: (event: StreamEvent) => void, signal: AbortSignal): Promise<void> {
  let lastId: string | null = null;
  let backOffMs = FIRST_BACK_OFF_MS;
  while (!signal.aborted) {
    const openedAtMs = nowMs();
    try {
      const stream = await session.openStream('/events', lastId, signal);
      ring({ id: lastId, type: 'reset' });
      const reader = new EventReader();
      const decoder = new TextDecoder();
      for await (const bytes of stream) {
        for (const event of reader.push(decoder.decode(bytes, { stream: true }))) {
          lastId = event.id;
          ring(event);
        }
      }
    } catch {
      // Whatever broke the stream, the slow poll of the listener goes on and this loop comes back.
    }
    if (nowMs() - openedAtMs > HEALTHY_MS) backOffMs = FIRST_BACK_OFF_MS;
    await pause(backOffMs, signal);
    backOffMs = Math.min(LONGEST_BACK_OFF_MS, backOffMs * 2);
  }
}
