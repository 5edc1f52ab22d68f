interface Shown {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly data: unknown;
}
interface AWindow {
  readonly url: string;
  readonly did: string[];
}

const PUSHED = { kind: 'offer', subjectId: 's1', text: { en: { title: 'Hello', body: 'Open it.' }, es: { title: 'Hola', body: 'Ábralo.' } } };

/** What a browser gives a service worker, as far as ours uses it. */
class FakeBrowser {
  readonly shown: Shown[] = [];
  readonly opened: string[] = [];
  windows: AWindow[] = [];
  private readonly listeners = new Map<string, (event: object) => void>();

  /** Runs the worker's file, which registers its listeners. */
  async load(): Promise<void> {
    const globals = {
      addEventListener: (type: string, listener: (event: object) => void) => this.listeners.set(type, listener),
      location: { href: 'https://dispatch.example/sw.js' },
      registration: { showNotification: async (title: string, options: Omit<Shown, 'title'>) => void this.shown.push({ title, ...options }) },
      clients: {
        matchAll: async () => this.windows.map(({ url, did }) => ({ url, focus: async () => did.push('focus'), navigate: async (to: string) => did.push(`go ${to}`) })),
        openWindow: async (url: string) => this.opened.push(url),
      },
    };
    for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true });
    await import('./sw.js');
  }

  speak(language: string): void {
    Object.defineProperty(globalThis, 'navigator', { value: { language }, configurable: true });
  }

  registeredIn(language: string): void {
    Object.defineProperty(globalThis, 'location', { value: { href: `https://dispatch.example/sw.js?lang=${language}` }, configurable: true });
  }

  push(json: () => unknown): Promise<void> {
    return this.dispatch('push', { data: { json } });
  }

  click(data: unknown): Promise<void> {
    return this.dispatch('notificationclick', { notification: { data, close: () => undefined } });
  }

  private async dispatch(type: string, event: object): Promise<void> {
    const work: Promise<unknown>[] = [];
    this.listeners.get(type)?.({ ...event, waitUntil: (promise: Promise<unknown>) => work.push(promise) });
    await Promise.all(work);
  }
}

describe('the service worker', () => {
  const browser = new FakeBrowser();
  beforeAll(() => browser.load());
  beforeEach(() => {
    browser.shown.length = 0;
    browser.opened.length = 0;
    browser.windows = [];
  });

  it('shows what is pushed, in the language of the browser, one notice for one subject', async () => {
    browser.speak('es-MX');
    await browser.push(() => PUSHED);
    browser.speak('en-US');
    await browser.push(() => PUSHED);
    expect(browser.shown).toMatchObject([{ title: 'Hola', body: 'Ábralo.', tag: 's1' }, { title: 'Hello', body: 'Open it.', tag: 's1' }]);
  });

  it('shows it in the language the page was read in, when that is another', async () => {
    browser.registeredIn('es');
    await browser.push(() => PUSHED);
    expect(browser.shown).toMatchObject([{ title: 'Hola' }]);
  });

  it.each([
    ['no JSON', () => { throw new SyntaxError('x'); }], ['nothing', () => null], ['another shape', () => ({ title: 'Buy now' })], ['half a text', () => ({ ...PUSHED, text: { en: PUSHED.text.en } })],
  ])('shows nothing for %s', async (_, json) => {
    await browser.push(json);
    expect(browser.shown).toEqual([]);
  });

  it.each([['offer', '/peer'], ['still-here', '/peer'], ['contact-asked', '/peer'], ['follow-up', '/peer'], ['page', '/board']])(
    'opens for %s the page %s', async (kind, path) => {
      await browser.push(() => ({ ...PUSHED, kind }));
      await browser.click(browser.shown[0]?.data);
      expect(browser.opened).toEqual([path]);
    },
  );

  it('brings the page to the front where it is open, else leads an open one there', async () => {
    const there: AWindow = { url: 'https://dispatch.example/peer', did: [] };
    const elsewhere: AWindow = { url: 'https://dispatch.example/board', did: [] };
    browser.windows = [elsewhere, there];
    await browser.click({ path: '/peer' });
    expect([there.did, elsewhere.did]).toEqual([['focus'], []]);
    browser.windows = [elsewhere];
    await browser.click({ path: '/peer' });
    expect([elsewhere.did, browser.opened]).toEqual([['focus', 'go /peer'], []]);
  });
});
