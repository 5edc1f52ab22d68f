import type { Said } from './attend.js';
import type { News } from './line.js';
import type { Way } from './ways.js';

/** A hub that has said nothing for so long is asked whether it is there. */
const QUIET_MS = 30_000;
/** A worker is loaded first, and answers at once when it runs. */
const ANSWER_MS = 10_000;

/** This tab's end of the line: it goes by the worker of all tabs where there is one that answers, else by a hub of its own. */
export class Tab {
  private way: Way | undefined;
  private answered = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly accountId: string,
    private shared: (() => Way) | null,
    private readonly own: () => Way,
    private readonly hear: (news: News) => void,
  ) {
    this.connect();
  }

  /** Somebody looks at this page again. */
  lookUp(): void {
    this.ask({ say: 'look-up' });
  }

  online(): void {
    this.ask({ say: 'online' });
  }

  close(): void {
    clearTimeout(this.timer);
    this.way?.say({ say: 'leave' });
    this.way?.close();
    this.way = undefined;
  }

  private connect(): void {
    const way = (this.shared ?? this.own)();
    this.way = way;
    this.answered = false;
    way.onNews((news) => {
      if (this.way !== way) return;
      this.answered = true;
      this.wait(() => this.ask({ say: 'ask' }), QUIET_MS);
      this.hear(news);
    });
    const failed = (): void => {
      if (this.way === way) this.goOn();
    };
    way.onFailure(failed);
    this.wait(failed, ANSWER_MS);
    way.lock.then((lock) => {
      if (this.way === way) way.say({ say: 'join', accountId: this.accountId, lock });
    }, failed);
  }

  private ask(said: Said): void {
    // Before it has answered for the first time it is being waited for already.
    if (!this.answered) return;
    this.wait(() => this.goOn(), ANSWER_MS);
    this.way?.say(said);
  }

  /** The worker has crashed, or never came. One that had answered is started anew; else this tab goes by itself. */
  private goOn(): void {
    if (!this.answered) this.shared = null;
    this.close();
    this.hear({ kind: 'state', state: { kind: 'lost', since: Date.now() } });
    this.connect();
  }

  private wait(act: () => void, ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, ms);
  }
}
