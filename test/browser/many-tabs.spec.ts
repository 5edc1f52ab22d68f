import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newDataDir, startApp, type AppProcess } from '../support/app-process.js';
import { CountingProxy } from '../support/counting-proxy.js';
import { Api, itemsOf } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { DESK, openWindow, signIn, type Window } from './browser.js';
import { eventually, expectPath, PATIENCE_MS } from './patience.js';
import { like, words } from './words.js';

const JOURNEY_MS = 240_000;
/** Over HTTP/1.1 a browser opens six connections to one host. */
const TABS = 10;
/** The longest a page waits before it tries again, and as long as any window may need. */
const COMES_BACK_MS = 40_000 + PATIENCE_MS;
const PASSWORD = 'demo-pass-1234';
const CALM = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' };
const HAS_NO_SHARED_WORKER = 'delete globalThis.SharedWorker;';

describeWith(needs.chromium)('many tabs of one browser', () => {
  const t = words('en');
  const dataDir = newDataDir();
  let app: AppProcess;
  let proxy: CountingProxy;
  let desk: Api;
  let programmeId: string;

  const start = (): Promise<AppProcess> => startApp({ env: { DATA_DIR: dataDir.path, DEMO_PASSWORD: PASSWORD } });
  beforeAll(async () => {
    app = await start();
    proxy = await CountingProxy.before(app.baseUrl);
    desk = await new Api(proxy.baseUrl).signIn('coordinator@demo.test', PASSWORD);
    programmeId = String(itemsOf(await desk.get('/programmes'))[0]?.['id']);
  }, 120_000);
  beforeEach(() => closed());
  afterAll(async () => {
    await proxy?.close();
    await app?.stop();
    dataDir.remove();
  }, 60_000);

  /** The server learns of a closed line in its own time. */
  async function closed(): Promise<void> {
    await eventually(async () => (proxy.streams === 0 ? true : undefined));
  }
  async function take(): Promise<string> {
    const { status, body } = await desk.post('/requests', { programmeId, channel: 'phone', contactKind: 'phone', language: 'en', place: { countyFips: '41039' }, safety: CALM, acuity: 3 });
    expect(status).toBe(201);
    return String(body['id']);
  }
  const shows = (page: Page, id: string): Promise<void> => page.locator(`[data-row="${id}"]`).waitFor({ timeout: COMES_BACK_MS });
  const stale = (page: Page): Promise<void> => page.getByText(like(t, 'state.notLive', 'within')).or(page.getByText(like(t, 'state.stale', 'within'))).waitFor();

  async function boards(count: number, about: { readonly script?: string } = {}): Promise<Window & { readonly pages: readonly Page[] }> {
    const window = await openWindow({ size: DESK });
    if (about.script !== undefined) await window.context.addInitScript(about.script);
    await signIn(window.page, proxy.baseUrl, 'coordinator@demo.test', PASSWORD, '/board');
    const pages = [window.page];
    while (pages.length < count) {
      const page = await window.context.newPage();
      await page.goto(`${proxy.baseUrl}/board`);
      pages.push(page);
    }
    for (const page of pages) await page.getByRole('heading', { name: t('board.requests') }).waitFor();
    return { ...window, pages };
  }

  it('are all live over HTTP/1.1, and hold one stream between them', async () => {
    const { pages, faults } = await boards(TABS);
    const id = await take();
    await Promise.all(pages.map((page) => shows(page, id)));
    expect([proxy.streams, faults]).toEqual([1, []]);
    await Promise.all(pages.slice(1).map((page) => page.close()));
    const later = await take();
    await shows(pages[0] as Page, later);
    expect(proxy.streams).toBe(1);
  }, JOURNEY_MS);

  it('say since when they are behind when the server is gone, and all come back with it', async () => {
    const { pages } = await boards(TABS);
    await app.stop();
    await Promise.all(pages.map(stale));
    app = await start();
    proxy.nowBefore(app.baseUrl);
    const id = await take();
    await Promise.all(pages.map((page) => shows(page, id)));
    await Promise.all(pages.map((page) => page.getByText(like(t, 'state.notLive', 'within')).waitFor({ state: 'detached', timeout: COMES_BACK_MS })));
    expect(proxy.streams).toBe(1);
  }, JOURNEY_MS);

  it('are all left when one signs out, and are somebody else’s when they sign in', async () => {
    const { pages, page, context } = await boards(3);
    await page.getByRole('button', { name: like(t, 'account.menuOf') }).click();
    await page.getByRole('menuitem', { name: t('account.signOut') }).click();
    await Promise.all(pages.map((each) => expectPath(each, '/sign-in')));
    await closed();
    await signIn(page, proxy.baseUrl, 'supervisor@demo.test', PASSWORD, '/board');
    await page.getByRole('heading', { name: t('board.requests') }).waitFor();
    await shows(page, await take());
    expect([context.pages().length, proxy.streams]).toEqual([3, 1]);
  }, JOURNEY_MS);

  it('become somebody else’s when another account is signed in over theirs', async () => {
    const { pages, page } = await boards(2);
    const startedAfresh = pages[1]?.waitForEvent('load');
    await signIn(page, proxy.baseUrl, 'supervisor@demo.test', PASSWORD, '/board');
    await Promise.all(pages.map((each) => each.getByRole('button', { name: t('account.menuOf', { name: 'Kim (demo)' }) }).waitFor()));
    expect(await startedAfresh).toBe(pages[1]);
    const id = await take();
    await Promise.all(pages.map((each) => shows(each, id)));
    expect(proxy.streams).toBe(1);
  }, JOURNEY_MS);

  it('hold a stream each where the browser has no shared worker', async () => {
    const { pages } = await boards(3, { script: HAS_NO_SHARED_WORKER });
    const id = await take();
    await Promise.all(pages.map((page) => shows(page, id)));
    expect(proxy.streams).toBe(3);
  }, JOURNEY_MS);
});
