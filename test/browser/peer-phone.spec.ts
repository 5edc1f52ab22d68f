import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startApp, type AppProcess } from '../support/app-process.js';
import { Api, itemsOf, type JsonObject } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { seriousFaults } from './axe.js';
import { DESK, openWindow, PHONE, signIn, type Window } from './browser.js';
import { expectGone, expectSoon, standStill } from './patience.js';
import { like, words, type Language } from './words.js';

const JOURNEY_MS = 150_000;
/** What a peer needs for a typical close-out, nothing typed: 60 seconds are 12 for each. */
const TYPICAL_TAPS = 5;
/** The server refuses offers that stand for less; with the grace of the accept it is well within a window's patience. */
const SHORTEST_SECONDS = 15;
/** Runs in the page: every tap and every key from now on, whoever made it. */
const COUNTS_HANDS = `globalThis.hands = { taps: 0, keys: 0 };
addEventListener('pointerup', () => { hands.taps += 1; }, true);
addEventListener('keydown', () => { hands.keys += 1; }, true);`;
const CALLBACK = '+1 541 555 0142';
const CALM = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' };

/** As most peers are, and the other way about. */
const WAYS = [{ size: PHONE, language: 'en', locale: 'en-US' }, { size: DESK, language: 'es', locale: 'es-MX' }] as const;

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

  /** Its offers stand for as short as any may, and one without an answer is enough to ask whether somebody is there. */
  async function askShortly(id: string): Promise<void> {
    const admin = await new Api(app.baseUrl).signIn('admin@demo.test', app.password);
    const { policyId } = itemsOf(await admin.get('/policies/in-use')).find((use) => use['programmeId'] === id) ?? {};
    const { content } = (await admin.get(`/policies/${String(policyId)}`)).body as { content: JsonObject & { byAcuity: Record<string, JsonObject> } };
    const byAcuity = { ...content.byAcuity, 2: { ...content.byAcuity['2'], offerSeconds: SHORTEST_SECONDS } };
    const added = await admin.post('/policies', { programmeId: id, basedOn: policyId, content: { ...content, byAcuity, stillHereAfter: 1 } });
    expect(added.status).toBe(201);
  }

  const look = async (page: Page, name: string): Promise<void> => void faults.push(...(await seriousFaults(page, name)));
  const tap = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name, exact: typeof name === 'string' }).click();
  const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { name }).waitFor();

  type How = Partial<Parameters<typeof openWindow>[0]>;

  async function take(peer: string, how: How = {}): Promise<Page> {
    faults = [];
    phone = await openWindow({ size: PHONE, ...how });
    await signIn(phone.page, app.baseUrl, `${peer}@demo.test`, app.password, '/peer');
    return phone.page;
  }

  async function onDuty(peer: string, how: How = {}, t = words('en')): Promise<Page> {
    const page = await take(peer, how);
    await tap(page, t('peer.checkIn'));
    await heading(page, t('peer.waiting'));
    return page;
  }

  async function asks(over: JsonObject = {}): Promise<string> {
    const body = { programmeId, channel: 'phone', contactKind: 'phone', language: 'en', acuity: 2, safety: CALM, callback: CALLBACK, story: 'Cannot sleep.', ...over };
    const answer = await desk.post('/requests', body);
    expect(answer.status).toBe(201);
    return String(answer.body['id']);
  }

  const closeOut = async (page: Page, language: Language): Promise<void> => {
    const t = words(language);
    await page.getByRole('group', { name: t('closeOut.outcome') }).locator('label').first().click();
    await page.getByText(t('intensity.calm'), { exact: true }).click();
    await tap(page, t('closeOut.send'));
    await heading(page, t('rest.thanks'));
  };
  const over = async (requestId: string): Promise<void> => void (await desk.post(`/requests/${requestId}/cancel`, { reason: 'over' }));

  it('takes somebody from check-in to close-out, and gives them rest', async () => {
    const page = await take('peer06');
    await page.getByRole('button', { name: 'Check in' }).waitFor();
    await tap(page, 'Change');
    await page.getByText('8 hours').click();
    await page.getByText('My limits, for this duty').click();
    await page.getByRole('group', { name: 'Nothing more urgent than' }).getByText('Urgent', { exact: true }).click();
    await tap(page, 'Check in');
    await heading(page, 'All quiet right now.');
    await page.getByText('nothing more urgent than “Urgent”').waitFor();
    expect((await (await page.request.get(`${app.baseUrl}/api/v1/me/duty`)).json() as JsonObject)['peer']).toMatchObject({ maxAcuity: 2, buddyOnly: false });

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
    await standStill(page);
    await tap(page, 'I must go');
    await tap(page, /^Undo/);
    await page.getByRole('button', { name: 'We are done' }).waitFor();
    await expectGone(page.getByText('Stay with them until somebody has taken over.'));
    await page.clock.resume();
    await tap(page, 'I must go');
    await page.getByText('Stay with them until somebody has taken over.').waitFor();

    const began = Date.now();
    await page.evaluate(COUNTS_HANDS);
    await tap(page, 'We are done');
    await page.getByRole('button', { name: 'Close out', disabled: true }).waitFor();
    await page.getByText('We talked and it helped').click();
    await page.getByText('Grief', { exact: true }).click();
    await page.getByText('Critical', { exact: true }).click();
    await tap(page, 'Close out');
    await heading(page, 'Thank you.');
    await expectSoon(page.locator('html'), () => page.evaluate('hands'), { taps: TYPICAL_TAPS, keys: 0 });
    process.stdout.write(`A typical close-out took ${TYPICAL_TAPS} taps and ${((Date.now() - began) / 1000).toFixed(1)} s.\n`);
    await tap(page, /^Undo/);
    await heading(page, 'How did it go?');
    await page.getByRole('radio', { name: 'We talked and it helped', checked: true }).waitFor({ state: 'attached' });
    await page.getByText('Somebody died', { exact: true }).click();
    await page.getByText('Hard', { exact: true }).click();
    await tap(page, 'Close out');
    await heading(page, 'Thank you.');
    // What it was about says by itself that somebody will ask how they are.
    await page.getByText(/^That was a grave moment to be part of\. A supervisor will be in touch/).waitFor();
    await page.getByRole('button', { name: 'Done', exact: true }).waitFor();
    await tap(page, 'Take 20 minutes');
    await heading(page, 'You are away.');
    await page.getByRole('link', { name: 'My work' }).click();
    await page.getByText('In the end: We talked and it helped').waitFor();
    await page.getByRole('link', { name: 'Back' }).click();
    await tap(page, 'I\'m back');
    await page.getByRole('button', { name: 'Check in' }).waitFor();
    expect([...faults, ...phone.faults]).toEqual([]);
  }, JOURNEY_MS);

  it.each(WAYS)('goes with somebody to a meeting in person: on the way, safe, together: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    // Whoever has just talked rests.
    const page = await take(size === PHONE ? 'peer05' : 'peer08', { size, locale });
    await tap(page, t('peer.change'));
    await tap(page, t('contactKind.in-person'));
    await page.getByLabel(t('peer.zip')).fill('97401');
    await tap(page, t('peer.checkIn'));
    await heading(page, t('peer.waiting'));
    await asks({ contactKind: 'in-person', place: { zip: '97401' } });
    await tap(page, t('peer.accept'));
    const safety = page.getByRole('region', { name: t('field.title') });
    await tap(page, t('with.enRoute'));
    await safety.getByText(like(t, 'field.next')).waitFor();
    await page.evaluate('scrollTo(0, document.body.scrollHeight)'); // What stands under the thumb's bar is reached by scrolling.
    await look(page, 'on the way');
    const said = page.waitForResponse((response) => response.url().endsWith('/safety-check'));
    await safety.getByRole('button', { name: t('field.safe') }).click();
    expect((await said).status()).toBe(200);
    await tap(page, t('with.together'));
    await page.getByText(like(t, 'peer.talkingSince', 'within')).waitFor();
    await tap(page, t('peer.done'));
    await closeOut(page, language);
    expect([...faults, ...phone.faults]).toEqual([]);
  }, JOURNEY_MS);

  it.each(WAYS)('is asked whether they are still there when an offer had no answer, and stays on duty by one tap: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const page = await onDuty('peer12', { size, locale }, t);
    const requestId = await asks({ programmeId: shortProgrammeId });
    await heading(page, t('peer.stillThere'));
    await tap(page, t('peer.stillHere'));
    await heading(page, t('peer.waiting'));
    await over(requestId);
    expect([...faults, ...phone.faults]).toEqual([]);
  }, JOURNEY_MS);

  it.each([{ size: PHONE, language: 'es', locale: 'es-MX' }, { size: DESK, language: 'en', locale: 'en-US' }] as const)('lets them say not now, and that they may know somebody, in the dark: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const page = await onDuty('peer07', { size, locale, scheme: 'dark' }, t);
    const first = await asks();
    await tap(page, t('peer.decline'));
    await page.getByText(t('gone.declined')).waitFor();
    await over(first);

    const second = await asks({ requesterKey: `+1 541 555 01${size.width % 100}` });
    await tap(page, t('peer.mayKnow'));
    await tap(page, t('peer.mayKnowYes'));
    await page.getByText(t('gone.known')).waitFor();
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
    await page.getByRole('button', { name: 'Text', pressed: true }).waitFor();
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

  it.each(WAYS)('keeps an accept made without a network, over a reload too, and sends it once when it is back: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const page = await onDuty('peer09', { size, locale }, t);
    await page.evaluate('navigator.serviceWorker.ready.then(() => null)');
    const answered: number[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/accept')) answered.push(response.status());
    });
    const requestId = await asks({ acuity: 4 });
    await page.getByRole('button', { name: t('peer.accept') }).waitFor();
    await phone.context.setOffline(true);
    await tap(page, t('peer.accept'));
    await page.getByText(t('peer.kept')).waitFor();
    await look(page, 'offline');
    await page.reload();
    await page.getByText(t('page.unreachable')).waitFor();
    expect(answered).toEqual([]);

    await phone.context.setOffline(false);
    await page.getByRole('heading', { name: t('peer.howToReach') }).waitFor();
    await expectSoon(page.locator('html'), () => Promise.resolve(answered), [200]);
    const seen = (await desk.get(`/requests/${requestId}`)).body;
    expect(seen).toMatchObject({ state: 'assigned' });
    await over(requestId);
    await page.getByText(t('myEnd.cancelled')).waitFor();
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it.each([{ size: PHONE, language: 'es', locale: 'es-MX' }, { size: DESK, language: 'en', locale: 'en-US' }] as const)('says kindly that an accept made without a network came too late: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const page = await onDuty('peer10', { size, locale }, t);
    const requestId = await asks({ acuity: 4 });
    await page.getByRole('button', { name: t('peer.accept') }).waitFor();
    await phone.context.setOffline(true);
    await tap(page, t('peer.accept'));
    await page.getByText(t('peer.kept')).waitFor();
    await over(requestId);
    await phone.context.setOffline(false);
    await page.getByText(t('problem.offer-no-longer-open')).waitFor();
    await heading(page, t('peer.waiting'));
    expect(faults).toEqual([]);
  }, JOURNEY_MS);
});
