import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FakeStreams } from '../../../test/support/fake-streams.js';
import { Hub } from './hub.js';
import type { LiveState, News } from './line.js';

const SILENT_MS = 40_000;
const LONGEST_BACK_OFF_MS = 40_000;
const NOW = Date.UTC(2026, 2, 2, 18);

class FakeTab {
  readonly told: News[] = [];
  tell(news: News): void {
    this.told.push(news);
  }
  get state(): LiveState | undefined {
    return this.told.findLast((news) => news.kind === 'state')?.state;
  }
  get heard(): readonly string[] {
    return this.told.flatMap((news) => (news.kind === 'event' ? [news.event.id] : []));
  }
  /** How often it was told that all it shows may be old. */
  get askedAfresh(): number {
    return this.told.filter(({ kind }) => kind === 'everything').length;
  }
}

describe('one stream for all tabs of a browser', () => {
  let server: FakeStreams;
  let hub: Hub;
  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
    server = new FakeStreams();
    hub = new Hub(server.open);
  });
  afterEach(() => void jest.useRealTimers());

  function joined(accountId = 'alex'): FakeTab {
    const tab = new FakeTab();
    hub.join(tab, accountId);
    return tab;
  }

  it('is opened once, and tells every tab the same', () => {
    const tabs = [joined(), joined(), joined()];
    server.answer();
    server.happens('request.received', 'r1');
    expect(server.opened).toHaveLength(1);
    expect(tabs.map(({ state, heard, askedAfresh }) => [state, heard, askedAfresh])).toEqual(tabs.map(() => [{ kind: 'live' }, ['r1'], 1]));
  });

  it('tells a tab that comes late how things stand, and to ask once more for what it asked before', () => {
    joined();
    server.answer();
    const late = joined();
    expect([late.state, late.askedAfresh]).toEqual([{ kind: 'live' }, 1]);
    server.held[0]?.breaks();
    jest.setSystemTime(NOW + 90_000);
    const later = joined();
    expect([later.state, later.askedAfresh]).toEqual([{ kind: 'lost', since: NOW }, 0]);
  });

  it('stands while there is a tab, and is closed with the last', () => {
    const [one, other] = [joined(), joined()];
    server.answer();
    hub.leave(one);
    server.happens('offer.made', 'o1');
    expect([server.held.length, one.heard, other.heard]).toEqual([1, [], ['o1']]);
    hub.leave(other);
    expect(server.held).toHaveLength(0);
    jest.advanceTimersByTime(10 * SILENT_MS);
    expect(server.opened).toHaveLength(1);
  });

  it('is lost for every tab when it breaks, and stands for every tab when it is back', () => {
    const tabs = [joined(), joined()];
    server.answer();
    server.held[0]?.breaks();
    expect(tabs.map(({ state }) => state)).toEqual(tabs.map(() => ({ kind: 'lost', since: NOW })));
    server.answer();
    expect(tabs.map(({ state, askedAfresh }) => [state, askedAfresh])).toEqual(tabs.map(() => [{ kind: 'live' }, 2]));
  });

  it('has everything asked afresh when what was missed cannot be told', () => {
    const tab = joined();
    server.answer();
    server.held[0]?.says('reset');
    expect(tab.askedAfresh).toBe(2);
  });

  it('counts as dead when it is silent for longer than the server ever is, and is opened anew', () => {
    const tab = joined();
    server.answer();
    jest.advanceTimersByTime(SILENT_MS - 1);
    server.held[0]?.says('still-here');
    jest.advanceTimersByTime(SILENT_MS - 1);
    expect(tab.state).toEqual({ kind: 'live' });
    jest.advanceTimersByTime(1);
    expect([tab.state?.kind, server.opened.length, server.held.length]).toEqual(['lost', 2, 1]);
  });

  it('is asked for again after a refusal, and the tabs ask who they are', () => {
    const tab = joined();
    server.signedIn = null;
    server.answer();
    expect([tab.state?.kind, tab.askedAfresh]).toEqual(['lost', 0]);
    jest.advanceTimersByTime(LONGEST_BACK_OFF_MS);
    expect([server.opened.length, tab.askedAfresh]).toEqual([2, 1]);
  });

  it('tells the tabs of one account nothing of another’s, and has them ask who they are as soon as somebody else has signed in', () => {
    const old = joined('alex');
    server.answer();
    server.signedIn = 'kim';
    const kim = joined('kim');
    server.answer();
    server.happens('request.received', 'r1');
    expect([old.state?.kind, old.askedAfresh, old.heard]).toEqual(['lost', 2, []]);
    expect([kim.state?.kind, kim.heard]).toEqual(['live', ['r1']]);
  });

  it('is tried once when several tabs find the network again in the same moment, also when it looked well', () => {
    const tabs = [joined(), joined(), joined()];
    server.answer();
    jest.advanceTimersByTime(10_000);
    for (const tab of tabs) hub.renew(tab);
    expect([server.opened.length, server.held.length]).toEqual([2, 1]);
  });

  it('is left as it is when somebody looks at a tab while it stands, and tried at once when it does not', () => {
    const tab = joined();
    server.answer();
    jest.advanceTimersByTime(10_000);
    hub.lookUp(tab);
    expect(server.opened).toHaveLength(1);
    server.held[0]?.breaks();
    hub.lookUp(tab);
    expect(server.opened).toHaveLength(2);
  });
});
