import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type AppProcess } from '../support/app-process.js';
import { Api, itemsOf } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { BOTH, DESK, openWindow, PHONE, signIn } from './browser.js';
import { eventually, expectGone, expectPath } from './patience.js';
import { like, words } from './words.js';

interface Dom {
  readonly document: { readonly title: string };
}

const JOURNEY_MS = 120_000;
const CALLBACK = '+1 541 555 0142';
const SAFE = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' };

describeWith(needs.chromium)('a supervisor at night', () => {
  let app: AppProcess;
  let desk: Api;
  let programmeIds: string[];
  const api = (email: string): Promise<Api> => new Api(app.baseUrl).signIn(email, app.password);
  const request = async (own: object = {}): Promise<void> => {
    const answer = await desk.post('/requests', { programmeId: programmeIds[0], channel: 'phone', contactKind: 'phone', language: 'en', acuity: 2, safety: SAFE, ...own });
    expect(answer.status).toBe(201);
  };

  beforeAll(async () => {
    app = await startApp({ env: { DEMO_PASSWORD: 'demo-pass-1234' } });
    desk = await api('coordinator@demo.test');
    programmeIds = itemsOf(await desk.get('/programmes')).map(({ id }) => String(id));
  }, 120_000);
  afterAll(() => app?.stop(), 60_000);

  it.each([{ size: PHONE, language: 'en' }, { size: PHONE, language: 'es' }, { size: DESK, language: 'en' }, { size: DESK, language: 'es' }] as const)('is shown a page as it arrives, takes it with one tap, and says who confirmed that help is there: $size.width px, $language', async ({ size, language }) => {
    const t = words(language);
    const { page, faults } = await openWindow({ size, locale: language, scheme: 'dark' });
    await signIn(page, app.baseUrl, 'supervisor@demo.test', app.password);
    await page.waitForURL('**/supervisor');
    await page.getByText(t('supervise.quiet')).waitFor();
    await request({ safety: { ...SAFE, imminentDanger: 'yes' }, callback: CALLBACK });

    const alarm = page.getByRole('article', { name: t('cause.imminent-danger') });
    await alarm.getByText(t('supervise.nobodyHasIt')).waitFor();
    await alarm.getByText(like(t, 'supervise.page')).waitFor();
    await alarm.getByText(/call 911 now|llam[ea] al 911/i).first().waitFor();
    await page.waitForFunction((title) => (globalThis as unknown as Dom).document.title.startsWith(title), `(1!) ${t('supervise.title')}`);
    await alarm.getByRole('button', { name: t('escalation.haveThis') }).click();

    await page.getByRole('heading', { name: t('supervise.own', { count: 1 }) }).waitFor();
    await alarm.getByText(like(t, 'supervise.confirmIn')).waitFor();
    await alarm.getByRole('button', { name: t('contact.open') }).click();
    await alarm.getByRole('link', { name: CALLBACK }).waitFor();
    await alarm.getByRole('button', { name: t('escalation.confirm') }).click();
    await alarm.getByRole('button', { name: t('confirmedBy.988') }).click();
    await alarm.waitFor({ state: 'detached' });
    await page.getByText(t('supervise.quiet')).waitFor();
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)('checks in on call, sees who serves and what they do, and checks out: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page, faults } = await openWindow({ size, locale });
    const peer = await api('peer04@demo.test');
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect((await peer.put('/me/duty', { as: 'peer', mode: 'active', programmeIds, until, contactKinds: ['phone', 'text'] })).status).toBe(200);
    await signIn(page, app.baseUrl, 'supervisor2@demo.test', app.password);
    await page.getByRole('heading', { name: t('supervise.team', { count: 1 }) }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Ana R.' }).getByText(t('personState.free')).waitFor();
    const duty = page.getByRole('region', { name: t('supervise.duty.title') });
    await duty.getByRole('button', { name: t('supervise.duty.checkIn') }).click();
    await duty.getByText(t('supervise.duty.mode.on-call'), { exact: true }).click();
    await duty.getByRole('button', { name: t('supervise.duty.begin') }).click();
    await duty.getByText(like(t, 'supervise.duty.on-call')).waitFor();
    await duty.getByRole('button', { name: t('duty.checkOut') }).click();
    await duty.getByText(t('supervise.duty.off')).waitFor();
    await peer.call('DELETE', '/me/duty?as=peer');
    await page.getByText(t('supervise.nobodyOnDuty')).waitFor();
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)('takes and ends a consult, and sends an escalation back to the search: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page, faults } = await openWindow({ size, locale });
    await signIn(page, app.baseUrl, 'supervisor@demo.test', app.password, '/supervisor');
    await page.getByText(t('supervise.quiet')).waitFor();

    // Whoever has just been with somebody rests first.
    const peer = await api(language === 'en' ? 'peer06@demo.test' : 'peer08@demo.test');
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await peer.put('/me/duty', { as: 'peer', mode: 'active', programmeIds, until, contactKinds: ['phone', 'text'] });
    await request();
    const offer = await eventually(async () => itemsOf(await peer.get('/me/offers'))[0]);
    const { body: assignment } = await peer.post(`/offers/${String(offer.id)}/accept`);
    await peer.post(`/assignments/${String(assignment.id)}/contact-made`);
    await peer.post(`/assignments/${String(assignment.id)}/consult`);
    await page.getByRole('button', { name: t('supervise.consult.take') }).click();
    await page.getByRole('button', { name: t('supervise.consult.end') }).click();
    await expectGone(page.getByRole('button', { name: t('supervise.consult.end') }));

    const { body: { id } } = await desk.post('/requests', { programmeId: programmeIds[0], channel: 'phone', contactKind: 'phone', language: 'ko', acuity: 2, safety: SAFE });
    const escalated = page.getByRole('article', { name: t('cause.no-candidate') });
    await escalated.getByText(language === 'en' ? 'Korean' : 'Coreano', { exact: false }).waitFor();
    await escalated.getByRole('button', { name: t('escalation.haveThis') }).click();
    await page.getByRole('button', { name: t('supervise.return.title') }).click();
    await page.getByRole('button', { name: t('supervise.return.do') }).click();
    // Nobody fits as before: it comes again, for whoever serves to take anew.
    await escalated.getByRole('button', { name: t('escalation.haveThis') }).waitFor();
    await desk.post(`/requests/${String(id)}/cancel`, { reason: 'over' });
    await page.getByText(t('supervise.quiet')).waitFor();
    await peer.post(`/assignments/${String(assignment.id)}/close`, { outcome: 'supported', reasons: [], intensity: 'calm' });
    await peer.call('DELETE', '/me/duty?as=peer');
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)('leaves a coordinator, who is paged for what they took in, at the board: $size.width px, $language', async ({ size, language, locale }) => {
    const { page } = await openWindow({ size, locale });
    await signIn(page, app.baseUrl, 'coordinator@demo.test', app.password, '/supervisor');
    await page.getByRole('heading', { name: words(language)('board.requests') }).waitFor();
    await expectPath(page, '/board');
  }, JOURNEY_MS);

  it('sees that an evening is played in the demo, which a coordinator begins and stops from the menu', async () => {
    const [en, es] = [words('en'), words('es')];
    const [board, night] = [await openWindow({ size: DESK }), await openWindow({ size: PHONE, locale: 'es-MX' })];
    await signIn(board.page, app.baseUrl, 'coordinator@demo.test', app.password);
    await signIn(night.page, app.baseUrl, 'supervisor2@demo.test', app.password);
    await board.page.getByRole('button', { name: like(en, 'account.menuOf') }).click();
    await board.page.getByRole('menuitem', { name: en('play.start4') }).click();
    const [bar, told] = [board.page.getByRole('region', { name: en('play.title') }), night.page.getByRole('region', { name: es('play.title') })];
    await told.getByText(/^[1-9]\d* (de|of) 40 /).waitFor();
    await expectGone(told.getByRole('button'));
    await bar.getByRole('button', { name: en('play.stop') }).click();
    await expectGone(bar, told);
    expect([...board.faults, ...night.faults]).toEqual([]);
  }, JOURNEY_MS);
});
