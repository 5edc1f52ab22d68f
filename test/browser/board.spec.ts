import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { startApp, type AppProcess } from '../support/app-process.js';
import { Api, itemsOf, type JsonObject } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { BOTH, DESK, openWindow, PHONE, signIn, type Window } from './browser.js';
import { expectCount, expectFitsItsWidth, expectGone, expectSoon, textOf, troubleOnComingBack } from './patience.js';
import { like, words } from './words.js';

const JOURNEY_MS = 120_000;
const ROWS = 300;
/** Seconds of script in each second, for 300 rows that all count; a hundredth is usual. */
const SCRIPT_PER_SECOND = 0.2;
/** What of the page's own world a test looks at. */
interface Dom {
  readonly document: { readonly title: string; querySelector(selector: string): { readonly textContent: string; readonly dataset: Readonly<Record<string, string>> } | null };
}
const CALM = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' };
/** It was started from a file that the server no longer names, and has just found its network again. */
const AS_BEFORE_A_DEPLOY = `document.querySelector('script[type="module"][src]').setAttribute('src', '/assets/before.js'); dispatchEvent(new Event('online'));`;

describeWith(needs.chromium)('the board', () => {
  let app: AppProcess;
  let desk: Api;
  let programmeIds: readonly string[];
  let programmeId: string;

  beforeAll(async () => {
    app = await startApp({ env: { DEMO_PASSWORD: 'demo-pass-1234' } });
    desk = await new Api(app.baseUrl).signIn('coordinator@demo.test', app.password);
    programmeIds = itemsOf(await desk.get('/programmes')).map(({ id }) => String(id));
    [programmeId = ''] = programmeIds;
  }, 120_000);
  beforeEach(async () => {
    for (const { id } of itemsOf(await desk.get('/board'), 'requests')) await cancel(id);
  });
  afterAll(() => app?.stop(), 60_000);

  async function board(email = 'coordinator@demo.test', about: Partial<Parameters<typeof openWindow>[0]> = {}, t = words('en')): Promise<Window> {
    const window = await openWindow({ size: DESK, ...about });
    await signIn(window.page, app.baseUrl, email, app.password, '/board');
    await window.page.getByRole('heading', { name: t('board.requests') }).waitFor();
    return window;
  }
  const take = async (own: object = {}): Promise<JsonObject> =>
    (await desk.post('/requests', { programmeId, channel: 'phone', contactKind: 'phone', language: 'en', place: { countyFips: '41039' }, safety: CALM, acuity: 2, ...own })).body;
  const cancel = async (id: unknown): Promise<void> => void (await desk.post(`/requests/${String(id)}/cancel`, { reason: 'entered by mistake' }));
  const onDuty = async (number: string): Promise<Api> => {
    const peer = await new Api(app.baseUrl).signIn(`peer${number}@demo.test`, app.password);
    await peer.put('/me/duty', { as: 'peer', mode: 'active', programmeIds, contactKinds: ['phone', 'text'], until: new Date(Date.now() + 3_600_000 * 3).toISOString() });
    return peer;
  };

  it.each(BOTH)('goes from intake to a peer who leads by keys alone, and takes a cancel back: $size.width px, $language', async ({ size, language }) => {
    const t = words(language);
    const peer = await onDuty('07');
    const { page, faults } = await board('coordinator@demo.test', { size, locale: language }, t);
    await page.getByText(t('board.empty')).waitFor();
    await page.keyboard.press('n');
    await page.locator('input[name="imminentDanger"]:focus').waitFor();
    await page.keyboard.type('nnnn');
    await page.keyboard.press('Control+Enter');
    await page.getByText(t('intake.taken')).waitFor();
    await page.locator('[data-row]').first().waitFor();
    await page.keyboard.press('j');
    await page.locator('[data-row]:focus').waitFor();
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: t('assign.title') });
    await dialog.getByRole('option', { selected: true }).waitFor();
    await dialog.locator('input:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await dialog.getByRole('button', { name: t('agreed.by-phone') }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(t('row.accepted')).waitFor();
    expect(itemsOf(await peer.get('/me/assignments'))).toHaveLength(1);

    await page.locator('[data-row]:focus').waitFor();
    await page.keyboard.press('x');
    await page.getByRole('dialog', { name: like(t, 'act.cancel') }).locator(':focus').waitFor();
    await page.keyboard.press('4');
    await page.getByText(t('board.empty')).waitFor();
    // The board may hear of it before the answer is here, and only with the answer can it be taken back.
    await page.getByText(like(t, 'act.cancelled', 'within')).waitFor();
    await page.keyboard.press('u');
    await page.locator('[data-row]').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: t('keys.title') }).getByText(t('keys.assign')).waitFor();
    expect(faults).toEqual([]);
    await cancel(itemsOf(await desk.get('/board'), 'requests')[0]?.id);
    await peer.call('DELETE', '/me/duty');
  }, JOURNEY_MS);

  it('finds and filters, keeps the filter in the address without a name in it, and hides no alarm', async () => {
    const [phone, spanish, danger] = [await take(), await take({ language: 'es', acuity: 4 }), await take({ safety: { imminentDanger: 'yes' } })];
    const { page } = await board();
    await page.locator('[data-row]').nth(2).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('spanish');
    await page.getByText('1 of 3 shown').waitFor();
    await page.waitForURL(({ search }) => search === '');
    await page.keyboard.press('Escape');
    await page.locator('[data-row]').nth(2).waitFor();
    await page.getByLabel('Urgency').selectOption('4');
    await page.waitForURL((url) => url.search === '?urgency=4');
    await expectCount(page.locator('[data-row]'), 1);
    await page.getByRole('region', { name: 'Alarms' }).getByText('Imminent danger').waitFor();
    await page.reload();
    await page.getByText('1 of 3 shown').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.locator('[data-row]').nth(2).waitFor();
    for (const { id } of [phone, spanish, danger]) await cancel(id);
  }, JOURNEY_MS);

  it.each(BOTH)('shows an alarm in the name of the tab and to the ear, remembers the switch, and says when the browser keeps it silent: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page, faults } = await board('coordinator@demo.test', { size, locale }, t);
    const sound = page.getByRole('banner').locator('button[aria-pressed]');
    await sound.and(page.locator('[aria-pressed="true"]')).waitFor();
    const danger = await take({ safety: { imminentDanger: 'yes' } });
    await page.waitForFunction(() => (globalThis as unknown as Dom).document.title.startsWith('(1!) '));
    await page.getByRole('status').getByText(t('heard.alarm'), { exact: false }).waitFor();
    await page.goto(`${app.baseUrl}/requests/${String(danger.id)}`);
    await page.getByText(t('alarm.elsewhere', { count: 1 })).waitFor();
    await page.getByRole('link', { name: t('alarm.toBoard') }).click();
    await sound.click();
    await page.getByText(t('sound.off')).waitFor();
    await page.reload();
    await page.getByText(t('sound.off')).waitFor();
    await sound.click();
    await page.getByText(t('sound.on')).waitFor();
    await page.getByRole('region', { name: t('alarm.title') }).getByRole('button', { name: t('escalation.haveThis') }).click();
    await page.waitForFunction(() => !(globalThis as unknown as Dom).document.title.startsWith('('));
    await cancel(danger.id);
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it('shows one what the other has just done, and says plainly when somebody was too late', async () => {
    const es = words('es');
    const [one, other] = [await board(), await board('supervisor@demo.test', { size: PHONE, locale: 'es-MX' }, es)];
    const [danger, plain] = [await take({ safety: { imminentDanger: 'yes' } }), await take()];
    await other.page.locator('[data-row]').nth(1).waitFor();
    await one.page.getByRole('region', { name: 'Alarms' }).getByRole('button', { name: 'I have this' }).first().click();
    await other.page.getByText(es('alarm.inHandOf', { name: 'Alex (demo)' })).waitFor();

    await other.page.locator(`[data-row="${String(plain.id)}"]`).focus();
    await other.page.keyboard.press('e');
    await other.page.getByRole('dialog', { name: like(es, 'act.escalate') }).locator(':focus').waitFor();
    await cancel(plain.id);
    await other.page.keyboard.press('1');
    await other.page.getByRole('alert').getByText(like(es, 'act.failed', 'within')).waitFor();
    expect([...one.faults, ...other.faults]).toEqual([]);
    await cancel(danger.id);
  }, JOURNEY_MS);

  it.each(BOTH)('says in a tab from before a deploy that there is a newer version, and loads it by one tap: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page, faults } = await board('coordinator@demo.test', { size, locale }, t);
    await page.getByText(t('board.empty')).waitFor();
    await page.evaluate(AS_BEFORE_A_DEPLOY);
    await page.getByText(t('page.outdated')).waitFor();
    await page.getByRole('button', { name: t('page.reload') }).click();
    await page.getByText(t('page.outdated')).waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)('says since when it is behind, when offline and when the server is out of reach, and keeps what it knew: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const known = await take();
    const { page, context } = await board('coordinator@demo.test', { size, locale }, t);
    await page.locator(`[data-row="${String(known.id)}"]`).waitFor();
    await context.setOffline(true);
    await page.getByText(like(t, 'state.offline', 'within')).waitFor();
    await expectCount(page.locator('[data-row]'), 1);
    await context.setOffline(false);
    await expectGone(page.getByText(like(t, 'state.offline', 'within')));

    await troubleOnComingBack(page, '**/api/v1/board', t('page.retry'), (route) => route.abort());
    await page.getByText(like(t, 'state.stale', 'within')).waitFor();
    const later = await take();
    await expectCount(page.locator('[data-row]'), 1);
    await page.getByRole('button', { name: t('page.retry') }).click();
    await page.locator(`[data-row="${String(later.id)}"]`).waitFor();
    for (const { id } of [known, later]) await cancel(id);
  }, JOURNEY_MS);

  it(`stays smooth with ${ROWS} open requests, and keeps the focus on its row while rows move`, async () => {
    const pattern = await take();
    const real = (await desk.get('/board')).body;
    const [row = {}] = real.requests as readonly JsonObject[];
    const idOf = (index: number): string => `0190a000-0000-7000-8000-${String(index).padStart(12, '0')}`;
    const many = Array.from({ length: ROWS }, (_, index): JsonObject => ({ ...row, id: idOf(index), number: index + 1, effectiveUrgency: (index % 4) + 1 }));
    const { page, context } = await board();
    let requests = many;
    await page.route('**/api/v1/board', (route) => route.fulfill({ json: { ...real, requests, openTotal: ROWS } }));
    await page.reload();
    await page.locator('[data-row]').nth(ROWS - 1).waitFor({ state: 'attached' });

    const metrics = await context.newCDPSession(page);
    await metrics.send('Performance.enable');
    const scriptSeconds = async (): Promise<number> => (await metrics.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN;
    const before = await scriptSeconds();
    const first = await textOf(page.locator('[data-row] time').first());
    for (let second = 0; second < 3; second += 1) {
      const shown = await textOf(page.locator('[data-row] time').first());
      await page.waitForFunction((text) => (globalThis as unknown as Dom).document.querySelector('[data-row] time')?.textContent !== text, shown);
    }
    expect(await textOf(page.locator('[data-row] time').first())).not.toBe(first);
    expect((await scriptSeconds()) - before).toBeLessThan(3 * SCRIPT_PER_SECOND);

    await page.locator(`[data-row="${idOf(5)}"]`).focus();
    requests = [...many.slice(100, 200), ...many.slice(0, 100), ...many.slice(200)];
    await take({ acuity: 4 });
    await page.waitForFunction((id) => (globalThis as unknown as Dom).document.querySelector('[data-row]')?.dataset.row === id, idOf(100));
    await page.locator(`[data-row="${idOf(5)}"]:focus`).waitFor();
    requests = requests.filter(({ id }) => id !== idOf(5));
    await take({ acuity: 4 });
    await page.locator(`[data-row="${idOf(5)}"]`).waitFor({ state: 'detached' });
    await page.locator(`[data-row="${idOf(6)}"]:focus`).waitFor();
    await page.unroute('**/api/v1/board');
    for (const { id } of itemsOf(await desk.get('/board'), 'requests')) await cancel(id);
    expect(pattern.id).toBeDefined();
  }, JOURNEY_MS);

  it.each(BOTH)('counts what is open in one programme, listed or not: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { id } = await take();
    const real = (await desk.get('/board')).body;
    const cover = (real.cover as readonly JsonObject[]).map((each) => ({ ...each, open: each.programmeId === programmeId ? 412 : 8 }));
    const { page } = await board('coordinator@demo.test', { size, locale }, t);
    await page.route('**/api/v1/board', (route) => route.fulfill({ json: { ...real, cover, openTotal: 420 } }));
    await page.goto(`${app.baseUrl}/board?programme=${programmeId}`);
    await page.getByText(t('board.more', { shown: 1, total: 412 })).waitFor();
    await page.getByRole('button', { name: t('board.showMore', { count: 300 }) }).waitFor();
    await expectSoon(page.getByRole('banner').locator('strong').first(), (open) => open.innerText(), '412');
    await page.unroute('**/api/v1/board');
    await cancel(id);
  }, JOURNEY_MS);

  it('hands over with a note that stays until somebody else takes it', async () => {
    const [en, es] = [words('en'), words('es')];
    const [leaving, arriving] = [await board(), await board('supervisor@demo.test', { size: PHONE, locale: 'es-MX' }, es)];
    await leaving.page.getByRole('button', { name: like(en, 'account.menuOf') }).click();
    await leaving.page.getByRole('menuitem', { name: en('handOver.write') }).click();
    await leaving.page.getByLabel(en('handOver.text')).fill('The first caller rings back at six.');
    await leaving.page.getByRole('button', { name: en('handOver.leave') }).click();
    const notes = arriving.page.getByRole('region', { name: es('handOver.title') });
    await notes.getByText(es('handOver.from', { name: 'Alex (demo)' })).waitFor();
    await notes.getByRole('button', { name: es('handOver.read') }).waitFor();
    await expectGone(notes.getByText('rings back'));
    await notes.getByRole('button', { name: es('handOver.read') }).click();
    await notes.getByText('The first caller rings back at six.').waitFor();
    await leaving.page.getByText(en('handOver.waits')).waitFor();
    await notes.getByRole('button', { name: es('handOver.take') }).click();
    await expectGone(notes, leaving.page.getByRole('region', { name: en('handOver.title') }));
  }, JOURNEY_MS);

  it('speaks Spanish and can be used on a phone', async () => {
    const { id } = await take();
    const { page } = await board('coordinator@demo.test', { size: PHONE, locale: 'es-MX' }, words('es'));
    await expectFitsItsWidth(page);
    await page.getByRole('button', { name: 'Filtrar' }).click();
    await page.getByLabel('Urgencia').selectOption('1');
    await page.getByText(/Ninguna de las/).waitFor();
    await page.getByRole('button', { name: 'Mostrar todas' }).click();
    await page.locator('[data-row]').first().click();
    await page.waitForURL(`**/requests/${String(id)}`);
    await cancel(id);
  }, JOURNEY_MS);
});
