import type { Query, QueryClient } from '@tanstack/react-query';
import { concerns, type LiveEvent } from './event-types.js';
import { gatherMs } from './pace.js';

interface Gatherer {
  after(event: LiveEvent): void;
  everything(): void;
  stop(): void;
}

/** A burst of events is answered by one refetch; the next one starts only when that has come back, and later the longer it took. */
export function gatherer(client: QueryClient): Gatherer {
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
    const concerned = client.getQueryCache().findAll({ predicate: ({ queryKey }) => every || events.some((event) => concerns(event, queryKey)) });
    // The very first answer to a question is never asked for twice at once, and may be older than what has just been heard.
    const tooEarly = new Set(concerned.filter(({ state }) => state.fetchStatus !== 'idle' && state.data === undefined));
    await refetch(client, new Set(concerned));
    if (tooEarly.size > 0) await refetch(client, tooEarly);
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

function refetch(client: QueryClient, which: ReadonlySet<Query>): Promise<void> {
  return client.invalidateQueries({ predicate: (query) => which.has(query) });
}
