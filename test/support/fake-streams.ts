import type { OpenSource, Source, Told } from '../../src/web/live/line.js';

/** An `EventSource` as far as ours uses it, told from outside what happens to it. */
class FakeSource implements Source {
  readyState = 0;
  private readonly listeners = new Map<string, (message: Told<string>) => void>();

  constructor(readonly accountId: string) {}

  addEventListener(type: string, listener: (message: Told<string>) => void): void {
    this.listeners.set(type, listener);
  }
  close(): void {
    this.readyState = 2;
  }
  stands(): void {
    this.readyState = 1;
    this.says('open');
  }
  breaks(): void {
    this.readyState = 0;
    this.says('error');
  }
  isRefused(): void {
    this.readyState = 2;
    this.says('error');
  }
  says(type: string, data: object = {}): void {
    if (this.readyState !== 2 || type === 'error') this.listeners.get(type)?.({ data: JSON.stringify(data) });
  }
}

/** A server and one browser's cookie: streams are for whoever is signed in. */
export class FakeStreams {
  signedIn: string | null = 'alex';
  readonly opened: FakeSource[] = [];

  readonly open: OpenSource = (url) => {
    const source = new FakeSource(new URL(url, 'https://dispatch.example').searchParams.get('account') ?? '');
    this.opened.push(source);
    return source;
  };

  get held(): readonly FakeSource[] {
    return this.opened.filter(({ readyState }) => readyState !== 2);
  }
  /** Whatever was asked for is answered. */
  answer(): void {
    for (const source of this.opened) if (source.readyState === 0) this.answerTo(source);
  }
  happens(type: string, id: string): void {
    for (const source of this.held) source.says(type, { subject: type.split('.')[0], id });
  }

  private answerTo(source: FakeSource): void {
    if (source.accountId === this.signedIn) source.stands();
    else source.isRefused();
  }
}
