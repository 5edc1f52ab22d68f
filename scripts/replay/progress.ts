import { createRequire } from 'node:module';
import type { Ledger } from './ledger.js';

/** The part of cli-progress that is used; the package brings no types. */
interface Bar {
  start(total: number, value: number, payload: object): void;
  update(value: number, payload: object): void;
  stop(): void;
}
interface CliProgress {
  readonly SingleBar: new (options: object) => Bar;
}

const REDRAW_EVERY_MS = 250;
const PLAIN_LINE_EVERY_MS = 5_000;

/** Shows how far the arrivals are, on standard error: a bar on a terminal, else a plain line every few seconds. */
export class Progress {
  private posted = 0;
  private readonly timer: NodeJS.Timeout;
  private readonly bar: Bar | null;

  constructor(private readonly total: number, private readonly ledger: Ledger, private readonly out: NodeJS.WriteStream = process.stderr) {
    this.bar = out.isTTY ? this.startBar() : null;
    this.timer = setInterval(() => this.show(), this.bar ? REDRAW_EVERY_MS : PLAIN_LINE_EVERY_MS);
  }

  onePosted(): void {
    this.posted += 1;
  }

  stop(): void {
    clearInterval(this.timer);
    this.show();
    this.bar?.stop();
  }

  private startBar(): Bar {
    const { SingleBar } = createRequire(import.meta.url)('cli-progress') as CliProgress;
    const bar = new SingleBar({ stream: this.out, format: ' {bar} {value}/{total} posted · {open} open · {accepted} accepted', hideCursor: true });
    bar.start(this.total, 0, this.figures());
    return bar;
  }

  private figures(): { open: number; accepted: number } {
    return { open: this.ledger.openIds().length, accepted: this.ledger.answers.of('accept') };
  }

  private show(): void {
    const { open, accepted } = this.figures();
    if (this.bar) this.bar.update(this.posted, { open, accepted });
    else this.out.write(`${this.posted}/${this.total} posted · ${open} open · ${accepted} accepted\n`);
  }
}
