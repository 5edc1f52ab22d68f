import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startApp, type AppProcess } from '../support/app-process.js';
import { Api, itemsOf, type JsonObject } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { seriousFaults } from './axe.js';
import { openWindow, PHONE, signIn, type Window } from './browser.js';
import { expectSoon, expectGone } from './patience.js';

const JOURNEY_MS = 150_000;
const CALLBACK = '+1 541 555 0142';
const CALM = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' };

/** Runs in the page: the paths of everything its worker keeps. */
const KEPT_FILES = `navigator.serviceWorker.ready.then(() => caches.keys())
  .then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys()))))
  .then((kept) => kept.flat().map(({ url }) => new URL(url).pathname))`;

/** One phone after another, each a peer of its own: who is asked is then never in doubt. */
describeWith(needs.chromium)('a peer’s phone', () => {
  let app: AppProcess;
  let desk: Api;
  let programmeId: string;
  let shortProgrammeId: string;
  let phone: Window;
  let faults: string[];

  beforeAll(async () => {
    app = await startApp({ env: { DEMO_PASSWORD: 'demo-pass-1234' } });
    desk = await new Api(app.baseUrl).signIn('coordinator@demo.test', app.password);
    const { items } = (await desk.get('/programmes')).body as { items: JsonObject[] };
    programmeId = String(items.find(({ name }) => name === 'Warmline')?.['id']);
    await askShortly(shortProgrammeId = String(items.find(({ name }) => name === 'Mobile response')?.['id']));
  }, 120_000);
  afterEach(async () => {
    // Off duty, so that the next phone is the only one there is to ask.
    await phone.context.setOffline(false);
    await phone.context.request.delete(`${app.baseUrl}/api/v1/me/duty`);
  });
  afterAll(() => app?.stop(), 60_000);

  /** Its offers stand for three seconds, and one without an answer is enough to ask whether somebody is there. */
  async function askShortly(id: string): Promise<void> {
    const admin = await new Api(app.baseUrl).signIn('admin@demo.test', app.password);
    const { policyId } = itemsOf(await admin.get('/policies/in-use')).find((use) => use['programmeId'] === id) ?? {};
    const { content } = (await admin.get(`/policies/${String(policyId)}`)).body as { content: JsonObject & { byAcuity: Record<string, JsonObject> } };
    const byAcuity = { ...content.byAcuity, 2: { ...content.byAcuity['2'], offerSeconds: 3 } };
    const added = await admin.post('/policies', { programmeId: id, basedOn: policyId, content: { ...content, byAcuity, stillHereAfter: 1 } });
    expect(added.status).toBe(201);
  }

  const look = async (page: Page, name: string): Promise<void> => void faults.push(...(await seriousFaults(page, name)));
  const tap = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name, exact: typeof name === 'string' }).click();
  const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { name }).waitFor();

  async function take(peer: string, how: { scheme?: 'light' | 'dark'; locale?: string } = {}): Promise<Page> {
    faults = [];
    phone = await openWindow({ size: PHONE, ...how });
    if (how.locale === undefined) await signIn(phone.page, app.baseUrl, `${peer}@demo.test`, app.password, '/peer');
    return phone.page;
  }

  async function onDuty(peer: string, how: { scheme?: 'light' | 'dark' } = {}): Promise<Page> {
    const page = await take(peer, how);
    await tap(page, 'Check in');
    await heading(page, 'All quiet right now.');
    return page;
  }

  async function asks(over: JsonObject = {}): Promise<string> {
    const body = { programmeId, channel: 'phone', contactKind: 'phone', language: 'en', acuity: 2, safety: CALM, callback: CALLBACK, story: 'Cannot sleep.', ...over };
    const answer = await desk.post('/requests', body);
    expect(answer.status).toBe(201);
    return String(answer.body['id']);
  }

  const over = async (requestId: string): Promise<void> => void (await desk.post(`/requests/${requestId}/cancel`, { reason: 'over' }));

  it('takes somebody from check-in to close-out, and gives them rest', async () => {
    const page = await take('peer06');
    await page.getByRole('button', { name: 'Check in' }).waitFor();
    await tap(page, 'Change');
    await page.getByText('8 hours').click();
    await tap(page, 'Check in');
    await heading(page, 'All quiet right now.');

    await asks();
    await page.getByRole('button', { name: 'I\'ll take it' }).waitFor();
    await page.getByRole('timer').getByText(/^0:\d\d$/).waitFor();
    await expectGone(page.getByText(CALLBACK));
    await tap(page, 'I\'ll take it');
    await page.getByText(/^Please reach them by (\S+ )?\d\d:\d\d/).waitFor();
    await tap(page, 'Open contact details');
    await page.getByRole('link', { name: CALLBACK }).waitFor();
    await tap(page, 'Close now');
    await expectGone(page.getByText(CALLBACK));
    await tap(page, 'Ask a supervisor');
    await page.getByText('A supervisor is being asked.').waitFor();
    await tap(page, 'We are talking');
    await page.getByText(/^Talking for/).waitFor();

    // A slip of the thumb is taken back; the second time it goes out by itself.
    await tap(page, 'I must go');
    await tap(page, /^Undo/);
    await page.getByRole('button', { name: 'We are done' }).waitFor();
    await expectGone(page.getByText('Stay with them until somebody has taken over.'));
    await tap(page, 'I must go');
    await page.getByText('Stay with them until somebody has taken over.').waitFor();

    await tap(page, 'We are done');
    await page.getByRole('button', { name: 'Close out', disabled: true }).waitFor();
    await page.getByText('We talked and it helped').click();
    await page.getByText('Critical', { exact: true }).click();
    await tap(page, 'Close out');
    await heading(page, 'Thank you.');
    await tap(page, /^Undo/);
    await heading(page, 'How did it go?');
    await page.getByRole('radio', { name: 'We talked and it helped', checked: true }).waitFor({ state: 'attached' });
    await page.getByText('Hard', { exact: true }).click();
    await tap(page, 'Close out');
    await heading(page, 'Thank you.');
    await tap(page, 'Take 20 minutes');
    await heading(page, 'You are away.');
    await page.getByRole('link', { name: 'My work' }).click();
    await page.getByText('In the end: We talked and it helped').waitFor();
    await page.getByRole('link', { name: 'Back' }).click();
    await tap(page, 'I\'m back');
    await page.getByRole('button', { name: 'Check in' }).waitFor();
    expect([...faults, ...phone.faults]).toEqual([]);
  }, JOURNEY_MS);

  it('goes with somebody to a meeting in person: on the way, safe, together', async () => {
    const page = await take('peer05');
    await tap(page, 'Change');
    await tap(page, 'In person');
    await page.getByLabel('ZIP code where you are').fill('97401');
    await tap(page, 'Check in');
    await heading(page, 'All quiet right now.');
    await asks({ contactKind: 'in-person', place: { zip: '97401' } });
    await tap(page, 'I\'ll take it');
    const safety = page.getByRole('region', { name: 'Your safety' });
    await tap(page, 'I\'m on my way');
    await safety.getByText(/^We ask whether you are safe at/).waitFor();
    await look(page, 'on the way');
    const said = page.waitForResponse((response) => response.url().endsWith('/safety-check'));
    await safety.getByRole('button', { name: 'I\'m safe' }).click();
    expect((await said).status()).toBe(200);
    await tap(page, 'We are together');
    await page.getByText(/^Talking for/).waitFor();
    await page.evaluate('scrollTo(0, document.body.scrollHeight)'); // What stands under the thumb's bar is reached by scrolling.
    await tap(page, 'We are done');
    await page.getByText('We talked and it helped').click();
    await page.getByText('Calm', { exact: true }).click();
    await tap(page, 'Close out');
    await heading(page, 'Thank you.');
    expect([...faults, ...phone.faults]).toEqual([]);
  }, JOURNEY_MS);

  it('is asked whether they are still there when an offer had no answer, and stays on duty by one tap', async () => {
    const page = await onDuty('peer12');
    const requestId = await asks({ programmeId: shortProgrammeId });
    await heading(page, 'Still there?');
    await tap(page, 'I\'m here');
    await heading(page, 'All quiet right now.');
    await over(requestId);
    expect([...faults, ...phone.faults]).toEqual([]);
  }, JOURNEY_MS);

  it('lets them say not now, and that they may know somebody, in Spanish and in the dark', async () => {
    const page = await take('peer07', { scheme: 'dark', locale: 'es-MX' });
    await page.goto(`${app.baseUrl}/peer`);
    await page.getByLabel('Correo electrónico').fill('peer07@demo.test');
    await page.getByLabel('Contraseña', { exact: true }).fill(app.password);
    await tap(page, 'Iniciar sesión');
    await tap(page, 'Entrar de turno');
    await heading(page, 'Todo tranquilo por ahora.');
    const first = await asks();
    await page.getByRole('button', { name: 'Lo tomo' }).waitFor();
    await tap(page, 'Ahora no');
    await page.getByText('Está bien. Preguntamos a otra persona.').waitFor();
    await over(first);

    const second = await asks({ requesterKey: '+1 541 555 0177' });
    await tap(page, 'Quizá conozco a esta persona');
    await tap(page, 'Sí, quizá la conozco');
    await page.getByText('Gracias por decirlo. Preguntamos a otra persona.').waitFor();
    await over(second);
    expect([...faults, ...phone.faults]).toEqual([]);
  }, JOURNEY_MS);

  it('pauses by one tap and comes back by one, and keeps away and limits for later', async () => {
    const page = await onDuty('peer08', { scheme: 'dark' });
    await tap(page, 'Pause');
    await heading(page, 'You are away.');
    await page.getByRole('link', { name: 'My limits' }).click();
    await heading(page, 'My limits');
    await tap(page, 'Text');
    await tap(page, 'Set my limits');
    await page.getByText('Your limits are set.').waitFor();
    await tap(page, 'Lift all my limits');
    await page.getByRole('button', { name: 'Lift all my limits' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByRole('link', { name: 'Away' }).click();
    await page.getByLabel('Until').fill('2020-01-01T10:00');
    await page.getByText('This time has passed.').waitFor();
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByRole('link', { name: 'More', exact: true }).click();
    await page.getByRole('link', { name: 'Sound and notices' }).click();
    await page.getByText('After 5 s').click();
    await page.getByLabel('After 5 s').and(page.locator(':checked')).waitFor({ state: 'attached' });
    // A browser that was told never to, and says so with what to do.
    await tap(page, 'Turn on notifications');
    await page.getByText('Notifications are blocked in this browser.').waitFor();
    await page.getByRole('link', { name: 'Back' }).click();
    await tap(page, 'I\'m back');
    await page.getByRole('button', { name: 'Check in' }).waitFor();
    expect([...faults, ...phone.faults]).toEqual([]);
  }, JOURNEY_MS);

  it('keeps an accept made without a network, over a reload too, and sends it once when it is back', async () => {
    const page = await onDuty('peer09');
    await page.evaluate('navigator.serviceWorker.ready.then(() => null)');
    const answered: number[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/accept')) answered.push(response.status());
    });
    const requestId = await asks({ acuity: 4 });
    await page.getByRole('button', { name: 'I\'ll take it' }).waitFor();
    await phone.context.setOffline(true);
    await tap(page, 'I\'ll take it');
    await page.getByText('You said you\'ll take it. We keep that.').waitFor();
    await look(page, 'offline');
    await page.reload();
    await page.getByText('We can\'t reach the server').waitFor();
    expect(answered).toEqual([]);

    await phone.context.setOffline(false);
    await page.getByRole('heading', { name: 'How to reach them' }).waitFor();
    await expectSoon(page.locator('html'), () => Promise.resolve(answered), [200]);
    const seen = (await desk.get(`/requests/${requestId}`)).body;
    expect(seen).toMatchObject({ state: 'assigned' });
    await over(requestId);
    await page.getByText('This request was cancelled. There is nothing left to do.').waitFor();
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it('says kindly that an accept made without a network came too late', async () => {
    const page = await onDuty('peer10');
    const requestId = await asks({ acuity: 4 });
    await page.getByRole('button', { name: 'I\'ll take it' }).waitFor();
    await phone.context.setOffline(true);
    await tap(page, 'I\'ll take it');
    await page.getByText('You said you\'ll take it. We keep that.').waitFor();
    await over(requestId);
    await phone.context.setOffline(false);
    await page.getByText('Somebody else took it, or the time was over. Thank you for being there.').waitFor();
    await heading(page, 'All quiet right now.');
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it('can be put on the home screen', async () => {
    const page = await take('peer11');
    const served = async (path: string): Promise<[number, string, string]> => {
      const answer = await page.request.get(app.baseUrl + path);
      return [answer.status(), answer.headers()['content-type'] ?? '', await answer.text()];
    };
    const [status, type, text] = await served('/manifest.webmanifest');
    expect([status, type]).toEqual([200, 'application/manifest+json']);
    const manifest = JSON.parse(text) as { start_url: string; display: string; icons: { src: string; purpose: string; sizes: string }[] };
    expect(manifest).toMatchObject({ start_url: '/peer', display: 'standalone' });
    expect(manifest.icons.map(({ purpose, sizes }) => `${purpose} ${sizes}`)).toEqual(['any 192x192', 'any 512x512', 'maskable 192x192', 'maskable 512x512']);
    for (const { src } of manifest.icons) expect((await served(src)).slice(0, 2)).toEqual([200, 'image/png']);
    const worker = await served('/sw.js');
    expect([worker[0], worker[1].includes('javascript')]).toEqual([200, true]);
    const kept = await page.evaluate<string[]>(KEPT_FILES);
    expect(kept).toContain('/index.html');
    expect(kept.filter((path) => path.startsWith('/api/'))).toEqual([]);
  }, JOURNEY_MS);
});
