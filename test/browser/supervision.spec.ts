import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type AppProcess } from '../support/app-process.js';
import { Api, itemsOf, type JsonObject } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { seriousFaults } from './axe.js';
import { BOTH, DESK, openWindow, PHONE, signIn } from './browser.js';
import { eventually, expectGone, troubleUntilTapped } from './patience.js';
import { like, words } from './words.js';

const JOURNEY_MS = 180_000;
const SAFE = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' };

describeWith(needs.chromium)('a supervisor’s day', () => {
  let app: AppProcess;
  const api = (mailbox: string): Promise<Api> => new Api(app.baseUrl).signIn(`${mailbox}@demo.test`, app.password);

  beforeAll(async () => {
    app = await startApp({ env: { DEMO_PASSWORD: 'demo-pass-1234' } });
  }, 120_000);
  afterAll(() => app?.stop(), 60_000);

  /** The peer closes a contact out as critical; afterwards they are off duty, so that nobody else is asked for the next. */
  async function criticalContactOf(mailbox: string): Promise<void> {
    const [peer, desk] = [await api(mailbox), await api('coordinator')];
    const programmeIds = itemsOf(await desk.get('/programmes')).map(({ id }) => String(id));
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await peer.put('/me/duty', { as: 'peer', mode: 'active', programmeIds, until, contactKinds: ['phone', 'text'] });
    await desk.post('/requests', { programmeId: programmeIds[0], channel: 'phone', contactKind: 'phone', language: 'en', acuity: 2, safety: SAFE });
    const offer = await eventually(async () => itemsOf(await peer.get('/me/offers'))[0]);
    const { body: assignment } = await peer.post(`/offers/${String(offer.id)}/accept`);
    await peer.post(`/assignments/${String(assignment.id)}/contact-made`);
    const closed = await peer.post(`/assignments/${String(assignment.id)}/close`, { outcome: 'supported', reasons: [], intensity: 'critical' });
    expect(closed.status).toBe(200);
    await peer.call('DELETE', '/me/duty?as=peer');
  }

  it('calls a peer after a critical contact on the phone, in Spanish, and the peer at a desk says that they would like to talk', async () => {
    await criticalContactOf('peer02');
    const { page, faults } = await openWindow({ size: PHONE, scheme: 'dark', locale: 'es-MX' });
    await page.goto(`${app.baseUrl}/supervisor`);
    await page.getByLabel('Correo electrónico').fill('supervisor@demo.test');
    await page.getByLabel('Contraseña', { exact: true }).fill(app.password);
    await page.getByRole('button', { name: 'Iniciar sesión' }).click();
    const waiting = page.getByRole('article', { name: 'Llame a Sam T.' });
    await waiting.waitFor();
    await expectGone(page.getByText('Nada espera por usted.'));
    expect(await seriousFaults(page, 'day es')).toEqual([]);

    const phone = await openWindow({ size: DESK });
    await signIn(phone.page, app.baseUrl, 'peer02@demo.test', app.password);
    await phone.page.getByText('A supervisor will be in touch with you', { exact: false }).waitFor();
    await phone.page.getByRole('link', { name: 'A message waits for you' }).click();
    await phone.page.getByText('Yes', { exact: true }).click();
    await phone.page.getByRole('heading', { name: 'Who stands behind me' }).waitFor();
    expect(await seriousFaults(phone.page, 'own en')).toEqual([]);

    await waiting.getByRole('button', { name: 'Ya hablé con la persona' }).tap();
    await waiting.waitFor({ state: 'detached' });
    await page.getByRole('article', { name: 'Sam T. (demo) quiere conversar' }).getByRole('link', { name: 'Abrir su página' }).tap();
    await page.getByLabel('Notas, si quiere').fill('Hablamos con calma.');
    await page.getByRole('button', { name: 'Ya lo conversamos' }).tap();
    await page.getByText('Conversamos algo').waitFor();
    expect(await seriousFaults(page, 'peer es')).toEqual([]);
    await phone.page.reload();
    await phone.page.getByRole('button', { name: 'Open the notes' }).click();
    await phone.page.getByText('Hablamos con calma.').waitFor();
    expect([faults, phone.faults]).toEqual([[], []]);
  }, JOURNEY_MS);

  it.each(BOTH)('plans a session, says that it was held, and calls another off: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page, faults } = await openWindow({ size, locale });
    const press = (key: string): Promise<void> => page.getByRole('button', { name: t(key), exact: true }).click();
    const planned = (track: string) => page.getByRole('region', { name: new RegExp(`^${t(`track.${track}`)},`) });
    await signIn(page, app.baseUrl, 'supervisor@demo.test', app.password, '/supervisor/peers');
    await page.getByRole('link', { name: language === 'en' ? 'Lee P. (demo)' : 'Ana R. (demo)' }).click();
    for (const track of ['training', 'orientation']) {
      await press('supervision.sessions.plan');
      await page.getByLabel(t('supervision.sessions.track')).selectOption(track);
      await page.getByRole('group', { name: t('supervision.sessions.topics') }).getByRole('button').first().click();
      await press('supervision.sessions.planIt');
      await planned(track).waitFor();
    }
    await planned('training').getByRole('button', { name: t('supervision.sessions.held'), exact: true }).click();
    await planned('training').getByLabel(t('supervision.sessions.notes')).fill('All well.');
    await planned('training').getByRole('button', { name: t('supervision.sessions.keep') }).click();
    await expectGone(planned('training'));
    await planned('orientation').getByRole('button', { name: t('supervision.sessions.cancel') }).click();
    await page.getByRole('listitem').filter({ hasText: t('mySupervision.state.cancelled') }).waitFor();
    expect([await seriousFaults(page, 'peer'), faults]).toEqual([[], []]);
  }, JOURNEY_MS);

  it('names a new deputy, whom the peer accepts with a tap', async () => {
    const { page, faults } = await openWindow({ size: DESK, scheme: 'dark' });
    const other = await newSupervisor();
    await signIn(page, app.baseUrl, 'supervisor@demo.test', app.password, '/supervisor/appoint');
    await page.getByRole('button', { name: 'Change who stands behind Ben K. (demo)' }).click();
    const ben = page.getByRole('listitem').filter({ hasText: 'Ben K. (demo)' });
    await ben.getByText('Deputy', { exact: true }).click();
    await ben.getByLabel('Who', { exact: true }).selectOption(other);
    await ben.getByRole('button', { name: 'Appoint' }).click();
    await ben.getByText('begins', { exact: false }).waitFor();
    expect(await seriousFaults(page, 'appoint')).toEqual([]);

    const [phone, es] = [await openWindow({ size: PHONE, locale: 'es-MX' }), words('es')];
    await signIn(phone.page, app.baseUrl, 'peer05@demo.test', app.password, '/peer/supervision');
    await phone.page.getByRole('button', { name: es('mySupervision.new.agree') }).tap();
    await phone.page.getByText(es('mySupervision.deputy', { name: 'New Supervisor' })).waitFor();
    expect([faults, phone.faults]).toEqual([[], []]);
  }, JOURNEY_MS);

  it.each(BOTH)('leaves a peer alone with how they are: two taps, and it is theirs: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page, faults } = await openWindow({ size, locale });
    await signIn(page, app.baseUrl, 'peer07@demo.test', app.password, '/peer/checks');
    await page.getByRole('group', { name: t('ownCheck.energy') }).getByText(t('ownCheck.answer.good'), { exact: true }).click();
    await page.getByRole('group', { name: t('ownCheck.mood') }).getByText(t('ownCheck.answer.fair'), { exact: true }).click();
    await page.getByText(t('mySupervision.checks.kept')).waitFor();
    await page.getByRole('listitem').filter({ hasText: t('mySupervision.checks.readiness') }).first().waitFor();
    expect([await seriousFaults(page, 'checks'), faults]).toEqual([[], []]);
  }, JOURNEY_MS);

  it.each(BOTH)('says what could not be had and asks for it again, and of what is behind since when: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page, context } = await openWindow({ size, locale });
    await troubleUntilTapped(page, '**/api/v1/supervision/day', t('page.retry'), (route) => route.fulfill({ status: 500, json: {} }));
    await signIn(page, app.baseUrl, 'supervisor@demo.test', app.password, '/supervisor/peers');
    const again = page.getByRole('button', { name: t('page.retry') });
    await again.waitFor();
    await again.click();
    await page.getByRole('link', { name: 'Ana R. (demo)' }).waitFor();
    await expectGone(again);
    await context.setOffline(true);
    await page.getByText(like(t, 'state.offlineHere', 'within')).waitFor();
    await page.getByRole('link', { name: 'Ana R. (demo)' }).waitFor();
    await context.setOffline(false);
    await expectGone(page.getByText(like(t, 'state.offlineHere', 'within')));
  }, JOURNEY_MS);

  /** Somebody who has been let in as a supervisor of every programme. */
  async function newSupervisor(): Promise<string> {
    const admin = await api('admin');
    const programmeIds = itemsOf(await admin.get('/programmes')).map(({ id }) => String(id));
    const answer = await admin.post('/accounts', { email: 'new@demo.test', displayName: 'New Supervisor', roles: ['supervisor'], programmeIds });
    expect(answer.status).toBe(201);
    const token = String((answer.body as JsonObject)['link'] ?? '').split('#')[1] ?? '';
    expect((await new Api(app.baseUrl).post('/invites/accept', { token, password: 'four quiet words here' })).status).toBe(200);
    const found = itemsOf(await (await api('supervisor')).get('/supervision/supervisors')).find(({ name }) => name === 'New Supervisor');
    return String(found?.personId);
  }
});
