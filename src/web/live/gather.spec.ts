import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { gatherer } from './gather.js';

const GATHERED_MS = 200;

/** A page that shows one thing, and a server that answers when it is told to. */
class Page {
  readonly client = new QueryClient();
  readonly refresh = gatherer(this.client);
  asked = 0;
  private readonly waiting: ((answer: string) => void)[] = [];

  open(): void {
    const queryFn = (): Promise<string> => {
      this.asked += 1;
      return new Promise((resolve) => this.waiting.push(resolve));
    };
    new QueryObserver(this.client, { queryKey: ['board'], queryFn }).subscribe(() => undefined);
  }
  async answer(text: string): Promise<void> {
    this.waiting.shift()?.(text);
    await jest.advanceTimersByTimeAsync(GATHERED_MS);
  }
  async hearsThatAllMayBeOld(): Promise<void> {
    this.refresh.everything();
    await jest.advanceTimersByTimeAsync(GATHERED_MS);
  }
  get shown(): unknown {
    return this.client.getQueryData(['board']);
  }
}

describe('what the line tells', () => {
  let page: Page;
  beforeEach(() => {
    jest.useFakeTimers();
    page = new Page();
    page.open();
  });
  afterEach(() => {
    page.refresh.stop();
    page.client.clear();
    jest.useRealTimers();
  });

  it('makes the page ask again for what it was asking for the first time, since that answer may be older', async () => {
    await page.hearsThatAllMayBeOld();
    await page.answer('from before the line stood');
    await page.answer('from after');
    expect([page.asked, page.shown]).toEqual([2, 'from after']);
  });

  it('makes the page ask once for what it shows already', async () => {
    await page.answer('first');
    await page.hearsThatAllMayBeOld();
    await page.answer('second');
    expect([page.asked, page.shown]).toEqual([2, 'second']);
  });
});
