import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { lookForNewVersion } from '../sw/new-version.js';
import { concerns, EVENT_TYPES, type EventType, type LiveEvent } from './event-types.js';
import { backOffMs, gatherMs } from './pace.js';

export type LiveState = { readonly kind: 'connecting' } | { readonly kind: 'live' } | { readonly kind: 'lost'; readonly since: number };

const LiveContext = createContext<LiveState>({ kind: 'connecting' });
export const useLive = (): LiveState => useContext(LiveContext);

/** For the few who must know what happened, and not only that something did. */
export function onLive(hear: (event: LiveEvent) => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}
const hearers = new Set<(event: LiveEvent) => void>();

/** The server says that it is still here every 15 s: a line that is silent for longer is dead, whatever the browser believes. */
const SILENT_MS = 40_000;

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
  let silence: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      lost();
      reopen();
    }, SILENT_MS);
  };
  const lost = (): void => {
    failures += 1;
    tell((before) => (before.kind === 'lost' ? before : { kind: 'lost', since: Date.now() }));
  };
  const open = (): void => {
    source = new EventSource('/api/v1/events');
    heard();
    source.addEventListener('open', () => {
      heard();
      if (failures > 0) {
        refresh.everything();
        // What interrupted the line may have been a deploy.
        void lookForNewVersion();
      }
      failures = 0;
      tell(() => ({ kind: 'live' }));
    });
    source.addEventListener('still-here', heard);
    source.addEventListener('reset', () => {
      heard();
      refresh.everything();
    });
    for (const type of EVENT_TYPES) {
      source.addEventListener(type, (message) => {
        heard();
        const event = eventFrom(type, message);
        for (const hear of hearers) hear(event);
        refresh.after(event);
      });
    }
    source.addEventListener('error', () => {
      lost();
      // The browser comes back by itself after a broken line, but never after an answer that says no.
      if (source?.readyState === EventSource.CLOSED) {
        clearTimeout(retry);
        retry = setTimeout(reopen, backOffMs(failures, Math.random()));
      }
    });
  };
  // Each try also asks for the data: a line that never opens must not leave a page that never changes.
  const reopen = (): void => {
    source?.close();
    clearTimeout(retry);
    refresh.everything();
    // What happens until the line stands is asked for once more when it does.
    failures = Math.max(failures, 1);
    open();
  };

  // A phone that slept has lost its line without hearing of it.
  const lookUp = (): void => {
    if (document.visibilityState === 'visible' && source?.readyState !== EventSource.OPEN) reopen();
  };

  open();
  window.addEventListener('online', reopen);
  document.addEventListener('visibilitychange', lookUp);
  return () => {
    document.removeEventListener('visibilitychange', lookUp);
    window.removeEventListener('online', reopen);
    clearTimeout(retry);
    clearTimeout(silence);
    refresh.stop();
    source?.close();
  };
}

interface Gatherer {
  after(event: LiveEvent): void;
  everything(): void;
  stop(): void;
}

/** A burst of events is answered by one refetch; the next one starts only when that has come back, and later the longer it took. */
function gatherer(client: QueryClient): Gatherer {
  let waiting: LiveEvent[] = [];
  let all = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let tookMs = 0;

  const run = async (): Promise<void> => {
    timer = undefined;
    running = true;
    const events = waiting;
    const every = all;
    waiting = [];
    all = false;
    const beganAt = performance.now();
    await client.invalidateQueries({ predicate: ({ queryKey }) => every || events.some((event) => concerns(event, queryKey)) });
    tookMs = performance.now() - beganAt;
    running = false;
    if (all || waiting.length > 0) plan();
  };
  const plan = (): void => {
    // A page that came back must not wait for an answer that may never come.
    if (all || !running) timer ??= setTimeout(() => void run(), gatherMs(tookMs));
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
