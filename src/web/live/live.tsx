import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { concerns, EVENT_TYPES, type EventType, type LiveEvent } from './event-types.js';

export type LiveState = { readonly kind: 'connecting' } | { readonly kind: 'live' } | { readonly kind: 'lost'; readonly since: number };

const LiveContext = createContext<LiveState>({ kind: 'connecting' });
export const useLive = (): LiveState => useContext(LiveContext);

/** A burst of events is answered by one refetch; the next one starts only when that has come back. */
const GATHER_MS = 200;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 30_000;

export function LiveProvider({ children }: { children: ReactNode }): ReactElement {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>({ kind: 'connecting' });
  useEffect(() => listen(client, setState), [client]);
  return <LiveContext value={state}>{children}</LiveContext>;
}

function listen(client: QueryClient, tell: (change: (before: LiveState) => LiveState) => void): () => void {
  const refresh = gatherer(client);
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const open = (): void => {
    source = new EventSource('/api/v1/events');
    source.addEventListener('open', () => {
      if (failures > 0) refresh.everything();
      failures = 0;
      tell(() => ({ kind: 'live' }));
    });
    source.addEventListener('reset', refresh.everything);
    for (const type of EVENT_TYPES) source.addEventListener(type, (message) => refresh.after(eventFrom(type, message)));
    source.addEventListener('error', () => {
      failures += 1;
      tell((before) => (before.kind === 'lost' ? before : { kind: 'lost', since: Date.now() }));
      // The browser comes back by itself after a broken line, but never after an answer that says no.
      if (source?.readyState === EventSource.CLOSED) {
        clearTimeout(retry);
        retry = setTimeout(reopen, Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS) * (0.75 + Math.random() / 2));
      }
    });
  };
  // Each try also asks for the data: a line that never opens must not leave a page that never changes.
  const reopen = (): void => {
    source?.close();
    clearTimeout(retry);
    refresh.everything();
    open();
  };

  open();
  window.addEventListener('online', reopen);
  return () => {
    window.removeEventListener('online', reopen);
    clearTimeout(retry);
    refresh.stop();
    source?.close();
  };
}

interface Gatherer {
  after(event: LiveEvent): void;
  everything(): void;
  stop(): void;
}

function gatherer(client: QueryClient): Gatherer {
  let waiting: LiveEvent[] = [];
  let all = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;

  const run = async (): Promise<void> => {
    timer = undefined;
    running = true;
    const events = waiting;
    const every = all;
    waiting = [];
    all = false;
    await client.invalidateQueries({ predicate: ({ queryKey }) => every || events.some((event) => concerns(event, queryKey)) });
    running = false;
    if (all || waiting.length > 0) plan();
  };
  const plan = (): void => {
    // A page that came back must not wait for an answer that may never come.
    if (all || !running) timer ??= setTimeout(() => void run(), GATHER_MS);
  };
  return {
    after: (event) => {
      waiting.push(event);
      plan();
    },
    everything: () => {
      all = true;
      plan();
    },
    stop: () => clearTimeout(timer),
  };
}

function eventFrom(type: EventType, message: MessageEvent<string>): LiveEvent {
  const { subject, id } = JSON.parse(message.data) as { subject: string; id: string };
  return { type, subject, id };
}
