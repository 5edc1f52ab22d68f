import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type AppProcess } from '../support/app-process.js';
import { Api } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { seriousFaults } from './axe.js';
import { openWindow, PHONE, signIn } from './browser.js';

describeWith(needs.chromium)('stepping back', () => {
  let app: AppProcess;
  beforeAll(async () => {
    app = await startApp({ env: { DEMO_PASSWORD: 'demo-pass-1234' } });
  }, 120_000);
  afterAll(() => app?.stop(), 60_000);

  it('is one tap behind its own door, the supervisor gets in touch, and the peer sees who looked and comes back by a tap', async () => {
    const { page, faults } = await openWindow({ size: PHONE });
    await signIn(page, app.baseUrl, 'peer03@demo.test', app.password);
    await page.getByRole('link', { name: 'My wellness: step back' }).tap();
    await page.getByRole('button', { name: 'Step back now' }).tap();
    await page.getByText('Somebody is in touch by', { exact: false }).waitFor();
    expect(await seriousFaults(page, 'own en')).toEqual([]);

    const desk = await openWindow({ size: PHONE, scheme: 'dark', locale: 'es-MX' });
    await desk.page.goto(`${app.baseUrl}/supervisor`);
    await desk.page.getByLabel('Correo electrónico').fill('supervisor@demo.test');
    await desk.page.getByLabel('Contraseña', { exact: true }).fill(app.password);
    await desk.page.getByRole('button', { name: 'Iniciar sesión' }).tap();
    await desk.page.getByRole('link', { name: 'Le espera un mensaje' }).tap();
    await desk.page.getByRole('link', { name: 'Lee P. (demo)' }).tap();
    await desk.page.getByRole('button', { name: 'Me comuniqué' }).tap();
    await desk.page.getByText('Con apoyo').waitFor();
    expect(await seriousFaults(desk.page, 'case es')).toEqual([]);

    await page.reload();
    await page.getByText('Supported', { exact: true }).waitFor();
    await page.getByText('as supervisor', { exact: false }).first().waitFor();
    const own = await new Api(app.baseUrl).signIn('peer03@demo.test', app.password);
    expect((await own.get('/me/away')).body.away).toMatchObject({ until: null });
    expect((await own.delete('/me/away')).status).toBe(204);
    expect([...faults, ...desk.faults]).toEqual([]);
  }, 180_000);
});
