import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FakeStreams } from '../../../test/support/fake-streams.js';
import { attend, type Said } from './attend.js';
import { Hub } from './hub.js';
import type { LiveState, News } from './line.js';
import { Tab } from './tab.js';
import type { Way } from './ways.js';

/** Within these a tab notices that nobody answers: quiet, and then no answer. */
const [QUIET_MS, ANSWER_MS] = [30_000, 10_000];

/** Where a hub runs: the worker of all tabs, or the page itself. It may crash, and then nobody says so. */
class FakePlace {
  ways = 0;
  readonly failures: (() => void)[] = [];
  private hub: Hub;
  private readonly dead = new Set<Hub>();
  private readonly locks = new Map<string, () => void>();

  constructor(private readonly server: FakeStreams) {
    this.hub = new Hub(server.open);
  }

  readonly way = (): Way => {
    this.ways += 1;
    const { hub } = this;
    const name = `tab-${this.ways}`;
    const [toHub, toTab] = [new Set<(said: Said) => void>(), new Set<(news: News) => void>()];
    attend(hub, {
      addEventListener: (_, listener) => void toHub.add((data) => listener({ data })),
      start: () => undefined,
      postMessage: (news) => !this.dead.has(hub) && toTab.forEach((hear) => hear(news)),
      close: () => toTab.clear(),
    }, (lock) => new Promise<void>((free) => void this.locks.set(lock, free)));
    return {
      say: (said) => this.dead.has(hub) || toHub.forEach((hear) => hear(said)),
      onNews: (hear) => void toTab.add(hear),
      lock: Promise.resolve(name),
      onFailure: (act) => this.failures.push(act),
      close: () => this.locks.get(name)?.(),
    };
  };

  crashes(): void {
    this.dead.add(this.hub);
  }
  /** The browser starts it anew for whoever asks next. */
  starts(): void {
    this.hub = new Hub(this.server.open);
  }
  /** The tab is gone without a word: the browser frees what it held. */
  frees(name: string): void {
    this.locks.get(name)?.();
  }
}

describe('a tab’s end of the line', () => {
  let server: FakeStreams;
  let worker: FakePlace;
  let page: FakePlace;
  let told: News[];
  const state = (): LiveState | undefined => told.findLast((news) => news.kind === 'state')?.state;
  const heard = (): readonly string[] => told.flatMap((news) => (news.kind === 'event' ? [news.event.id] : []));
  const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(0);

  beforeEach(() => {
    jest.useFakeTimers();
    server = new FakeStreams();
    worker = new FakePlace(server);
    page = new FakePlace(server);
    told = [];
  });
  afterEach(() => void jest.useRealTimers());

  async function opened(shared: (() => Way) | null = worker.way): Promise<Tab> {
    const tab = new Tab('alex', shared, page.way, (news) => told.push(news));
    await settle();
    server.answer();
    return tab;
  }

  it('goes by the worker of all tabs where there is one', async () => {
    await opened();
    await opened();
    server.happens('offer.made', 'o1');
    expect([server.opened.length, page.ways, state(), heard()]).toEqual([1, 0, { kind: 'live' }, ['o1', 'o1']]);
  });

  it('goes by a hub of its own where there is none', async () => {
    await opened(null);
    server.happens('offer.made', 'o1');
    expect([server.opened.length, page.ways, state(), heard()]).toEqual([1, 1, { kind: 'live' }, ['o1']]);
  });

  it('goes by itself at once when the worker’s file cannot be had', async () => {
    worker.crashes();
    await opened();
    for (const fail of worker.failures) fail();
    await settle();
    server.answer();
    expect([page.ways, state()]).toEqual([1, { kind: 'live' }]);
  });

  it('goes by itself when the worker never answers', async () => {
    worker.crashes();
    await opened();
    await jest.advanceTimersByTimeAsync(ANSWER_MS - 1);
    expect([page.ways, told]).toEqual([0, []]);
    await jest.advanceTimersByTimeAsync(1);
    server.answer();
    expect([page.ways, state()]).toEqual([1, { kind: 'live' }]);
  });

  it('hears that a quiet worker is there still, and is live all the while', async () => {
    await opened();
    for (let beats = 0; beats < 20; beats += 1) {
      await jest.advanceTimersByTimeAsync(ANSWER_MS);
      server.held[0]?.says('still-here');
    }
    expect([worker.ways, page.ways, told.filter((news) => news.kind === 'state').every((news) => news.state.kind !== 'lost')]).toEqual([1, 0, true]);
  });

  it('says that the line is lost when the worker has crashed, and starts it anew', async () => {
    await opened();
    worker.crashes();
    await jest.advanceTimersByTimeAsync(QUIET_MS + ANSWER_MS - 1);
    expect(state()).toEqual({ kind: 'live' });
    worker.starts();
    await jest.advanceTimersByTimeAsync(1);
    expect(told.some((news) => news.kind === 'state' && news.state.kind === 'lost')).toBe(true);
    server.answer();
    expect([worker.ways, page.ways, state()]).toEqual([2, 0, { kind: 'live' }]);
  });

  it('finds a worker that has crashed as soon as somebody looks at the tab', async () => {
    const tab = await opened();
    worker.crashes();
    tab.lookUp();
    await jest.advanceTimersByTimeAsync(ANSWER_MS);
    expect(state()?.kind).toBe('lost');
  });

  it('is closed for the worker when it leaves, and when it is gone without a word', async () => {
    const [first] = [await opened(), await opened()];
    first?.close();
    expect(server.held).toHaveLength(1);
    worker.frees('tab-2');
    await settle();
    expect(server.held).toHaveLength(0);
  });

  it('comes back when the worker took it for closed while it was only frozen', async () => {
    await opened();
    worker.frees('tab-1');
    await settle();
    await jest.advanceTimersByTimeAsync(QUIET_MS + ANSWER_MS);
    server.answer();
    expect([worker.ways, state()]).toEqual([2, { kind: 'live' }]);
  });
});
