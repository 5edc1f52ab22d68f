import { Line, type News, type OpenSource } from './line.js';

/** One tab that listens: where its news go. */
interface Listening {
  tell(news: News): void;
}

interface Shared {
  readonly line: Line;
  readonly tabs: Set<Listening>;
}

/** One line for all tabs of an account. It stands while there are any, and tells each of them the same. */
export class Hub {
  private readonly lines = new Map<string, Shared>();

  constructor(private readonly openSource: OpenSource) {}

  /** Tells the tab how things stand, and from then on what happens. */
  join(tab: Listening, accountId: string): void {
    // Whoever joins has just been told by the server who they are. Tabs of others ask who they are now: the server says whose line it is.
    for (const [other, { line }] of this.lines) if (other !== accountId) line.reopen();
    const shared = this.lines.get(accountId) ?? this.newLine(accountId);
    shared.tabs.add(tab);
    this.answer(tab);
    // What it asked for before it joined may be older than what the others were told.
    if (shared.line.state.kind === 'live') tab.tell({ kind: 'everything' });
  }

  /** Says how things stand; nothing to a tab that has not joined, or was taken for closed. */
  answer(tab: Listening): void {
    const line = this.lineOf(tab);
    if (line) tab.tell({ kind: 'state', state: line.state });
  }

  lookUp(tab: Listening): void {
    this.lineOf(tab)?.lookUp();
  }

  renew(tab: Listening): void {
    this.lineOf(tab)?.renew();
  }

  leave(tab: Listening): void {
    for (const [accountId, { line, tabs }] of this.lines) {
      if (!tabs.delete(tab) || tabs.size > 0) continue;
      line.close();
      this.lines.delete(accountId);
    }
  }

  private lineOf(tab: Listening): Line | undefined {
    return [...this.lines.values()].find(({ tabs }) => tabs.has(tab))?.line;
  }

  private newLine(accountId: string): Shared {
    const tabs = new Set<Listening>();
    const line = new Line(accountId, this.openSource, (news) => {
      for (const tab of tabs) tab.tell(news);
    });
    const shared = { line, tabs };
    this.lines.set(accountId, shared);
    return shared;
  }
}
