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
  readonly closed: string[] = [];
  readonly opened: string[] = [];
  readonly did: string[] = [];
  readonly caches = new Set(['pd-shell-0', 'pd-shell-1', 'somebody-elses']);
  readonly stored: string[] = [];
  windows: AWindow[] = [];
  network: () => Promise<Response> = async () => new Response('network');
  private readonly cache = {
    addAll: async (requests: (Request | string)[]) => void this.stored.push(...requests.map((each) => (typeof each === 'string' ? each : each.url))),
    match: async (request: Request | string) => new Response(`kept ${typeof request === 'string' ? request : new URL(request.url).pathname}`),
  };
  private readonly listeners = new Map<string, (event: object) => void>();

  /** Runs the worker's file, which registers its listeners. */
  async load(): Promise<void> {
    const globals = {
      addEventListener: (type: string, listener: (event: object) => void) => this.listeners.set(type, listener),
      location: { href: 'https://dispatch.example/sw.js' },
      SHELL_OF_THIS_BUILD: { version: '1', files: ['/assets/index-abc.js'] },
      caches: { open: async () => this.cache, keys: async () => [...this.caches], delete: async (name: string) => this.caches.delete(name) },
      fetch: async () => this.network(),
      skipWaiting: async () => this.did.push('skip waiting'),
      registration: {
        showNotification: async (title: string, options: Omit<Shown, 'title'>) => void this.shown.push({ title, ...options }),
        getNotifications: async () => this.shown.filter(({ tag }) => !this.closed.includes(tag)).map(({ tag, data }) => ({ tag, data, close: () => this.closed.push(tag) })),
      },
      clients: {
        matchAll: async () => this.windows.map(({ url, did }) => ({ url, focus: async () => did.push('focus'), navigate: async (to: string) => did.push(`go ${to}`) })),
        openWindow: async (url: string) => this.opened.push(url),
        claim: async () => this.did.push('claim'),
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

  message(data: unknown): Promise<void> {
    return this.dispatch('message', { data });
  }

  click(data: unknown): Promise<void> {
    return this.dispatch('notificationclick', { notification: { data, close: () => undefined } });
  }

  async begin(about: object = {}): Promise<void> {
    await this.dispatch('install', about);
    await this.dispatch('activate', {});
  }

  /** What the page gets; null when the worker lets the request go past. */
  async fetched(path: string, { method = 'GET', mode = 'cors' } = {}): Promise<string | null> {
    let answer: Promise<Response> | undefined;
    const request = { url: `https://dispatch.example${path}`, method, mode };
    await this.dispatch('fetch', { request, respondWith: (given: Promise<Response>) => (answer = given) });
    return answer ? (await answer).text() : null;
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
    browser.closed.length = 0;
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

  it.each([['offer', '/peer#asked'], ['still-here', '/peer'], ['contact-asked', '/peer'], ['safety-check', '/peer'], ['assignment-ended', '/peer'], ['follow-up', '/peer/work'], ['page', '/supervisor'], ['inbox', '/inbox'], ['sign-in-reset', '/account']])(
    'opens for %s the page %s', async (kind, path) => {
      await browser.push(() => ({ ...PUSHED, kind }));
      await browser.click(browser.shown[0]?.data);
      expect(browser.opened).toEqual([path]);
    },
  );

  it('brings the page to the front where it is open, and leaves a page that shows anything else as it is', async () => {
    const there: AWindow = { url: 'https://dispatch.example/peer', did: [] };
    const elsewhere: AWindow = { url: 'https://dispatch.example/board', did: [] };
    browser.windows = [elsewhere, there];
    await browser.click({ path: '/peer' });
    expect([there.did, elsewhere.did]).toEqual([['focus'], []]);
    browser.windows = [elsewhere];
    await browser.click({ path: '/peer' });
    expect([elsewhere.did, browser.opened]).toEqual([[], ['/peer']]);
  });

  it('tells the page that is open of an offer’s notice that was tapped, so that it can say when that is over', async () => {
    const there: AWindow = { url: 'https://dispatch.example/peer', did: [] };
    browser.windows = [there];
    await browser.push(() => PUSHED);
    await browser.click(browser.shown[0]?.data);
    expect([there.did, browser.opened]).toEqual([['focus', 'go /peer#asked'], []]);
  });

  it('closes the notice of an offer when another comes, and nothing else', async () => {
    await browser.push(() => ({ ...PUSHED, kind: 'page', subjectId: 'p1' }));
    await browser.push(() => PUSHED);
    await browser.push(() => ({ ...PUSHED, subjectId: 's2' }));
    expect(browser.closed).toEqual(['s1']);
  });

  it('closes the notices of offers that stand no longer when a page says which do', async () => {
    for (const [kind, subjectId] of [['offer', 's1'], ['inbox', 'i1']]) await browser.push(() => ({ ...PUSHED, kind, subjectId }));
    await browser.message({ standingOffers: ['s1'] });
    expect(browser.closed).toEqual([]);
    await browser.message({ standingOffers: [''] });
    await browser.message('anything else');
    expect(browser.closed).toEqual(['s1']);
  });

  it('keeps the files of its own version and none of an earlier one', async () => {
    Object.defineProperty(globalThis, 'Request', { value: class { constructor(readonly url: string) {} }, configurable: true });
    await browser.begin();
    expect(browser.stored).toEqual(['/index.html', '/assets/index-abc.js']);
    expect([...browser.caches]).toEqual(['pd-shell-1', 'somebody-elses']);
    expect(browser.did).toEqual(['skip waiting', 'claim']);
  });

  it('has what goes to the API pass it by where the browser can, and begins all the same where it cannot', async () => {
    const routes: unknown[] = [];
    await browser.begin({ addRoutes: async (given: unknown) => void routes.push(given) });
    expect(routes).toEqual([[{ condition: { urlPattern: '/api/*' }, source: 'network' }]]);
    browser.did.length = 0;
    await browser.begin({ addRoutes: () => Promise.reject(new TypeError('no such route')) });
    expect(browser.did).toEqual(['skip waiting', 'claim']);
  });

  it('opens a page from the network, and from what it keeps when there is none or it is not well', async () => {
    expect(await browser.fetched('/peer', { mode: 'navigate' })).toBe('network');
    browser.network = async () => new Response('bad gateway', { status: 502 });
    expect(await browser.fetched('/peer', { mode: 'navigate' })).toBe('kept /index.html');
    browser.network = async () => { throw new TypeError('no network'); };
    expect(await browser.fetched('/peer/work', { mode: 'navigate' })).toBe('kept /index.html');
    expect(await browser.fetched('/assets/index-abc.js')).toBe('kept /assets/index-abc.js');
  });

  it.each([
    ['/api/v1/me', {}], ['/api/v1/me', { mode: 'navigate' }], ['/docs', { mode: 'navigate' }], ['/healthz', {}], ['/assets/other-def.js', {}],
    ['/assets/index-abc.js', { method: 'POST' }],
  ])('never touches %s %j', async (path, how) => expect(await browser.fetched(path, how)).toBeNull());
});
