import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startApp, type AppProcess } from '../support/app-process.js';
import { Api, itemsOf } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { seriousFaults } from './axe.js';
import { DESK, openWindow, PHONE } from './browser.js';
import { expectFitsItsWidth } from './patience.js';

const JOURNEY_MS = 150_000;

describeWith(needs.chromium)('credentials and what a peer keeps to themself', () => {
  let app: AppProcess;
  beforeAll(async () => {
    app = await startApp({ env: { DEMO_PASSWORD: 'demo-pass-1234' } });
  }, 120_000);
  afterAll(() => app?.stop(), 60_000);

  async function opened(mailbox: string, path: string, how: Parameters<typeof openWindow>[0]): Promise<{ page: Page; faults: string[] }> {
    const { page, context, faults } = await openWindow(how);
    const answer = await context.request.post(`${app.baseUrl}/api/v1/sessions`, { data: { email: `${mailbox}@demo.test`, password: app.password } });
    expect(answer.status()).toBe(201);
    await page.goto(app.baseUrl + path);
    return { page, faults };
  }
  const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { name, exact: true }).first().waitFor();
  /** What the server refused is shown at its field; the console names it besides. */
  const unasked = (faults: readonly string[]): string[] => faults.filter((fault) => !/status of 422/.test(fault));

  it('show a peer on a phone, in Spanish, what they hold, and keep what they leave out', async () => {
    const { page, faults } = await opened('peer10', '/peer', { size: PHONE, locale: 'es-MX', scheme: 'dark' });
    await page.getByRole('link', { name: 'Más', exact: true }).click();
    await page.getByRole('link', { name: 'Credenciales y formación' }).click();
    await heading(page, 'Lo que piden sus programas');
    const warmline = page.getByRole('region', { name: 'Warmline' });
    await warmline.getByText(/^Tiene todo lo que pide, hasta el/).waitFor();
    await warmline.getByText(/no hay certificación vigente\. Usted sirve igual/).waitFor();
    await page.getByText('Certificación estatal: par en consumo de sustancias').waitFor();
    await page.getByText(/^terminó el/).waitFor();
    await expectFitsItsWidth(page);
    const serious = await seriousFaults(page, 'credentials');

    await page.getByRole('link', { name: 'Volver' }).click();
    await page.getByRole('link', { name: 'Más', exact: true }).click();
    await page.getByRole('link', { name: 'Temas que dejo fuera' }).click();
    await page.getByRole('button', { name: 'Oír voces o tener creencias inusuales', pressed: false }).click();
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('Guardado. De esto no se le pedirá nada.').waitFor();
    serious.push(...(await seriousFaults(page, 'topics')));
    await page.reload();
    await page.getByRole('button', { name: 'Oír voces o tener creencias inusuales', pressed: true }).waitFor();
    await expectFitsItsWidth(page);

    await page.getByRole('link', { name: 'Volver' }).click();
    await page.getByRole('link', { name: 'Más', exact: true }).click();
    await page.getByRole('link', { name: 'Dónde recibo servicios' }).click();
    await page.getByRole('button', { name: 'Mobile response', pressed: false }).click();
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('Guardado. Allí no se le pedirá atender a nadie.').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Mobile response', pressed: true }).waitFor();
    await expectFitsItsWidth(page);
    serious.push(...(await seriousFaults(page, 'own care')));
    expect([serious, unasked(faults)]).toEqual([[], []]);
  }, JOURNEY_MS);

  it('let a supervisor at a desk see what ends, attest a training and take it back', async () => {
    const { page, faults } = await opened('supervisor', '/supervisor', { size: DESK });
    await page.getByRole('link', { name: 'Credentials and training' }).click();
    await heading(page, 'Ends within 90 days');
    await page.getByText(/^Safety in the field, until/).waitFor();
    const serious = await seriousFaults(page, 'ends soon');
    await page.getByLabel('Find a peer by name').fill('Vlad');
    await page.getByRole('link', { name: 'Vlad I. (demo)' }).click();
    await heading(page, 'Vlad I. (demo)');
    await page.getByText(/^May be billed: no \(no certification in date\)/).first().waitFor();

    await page.getByRole('button', { name: 'Record a credential' }).click();
    await page.getByRole('combobox', { name: 'What it is' }).fill('Psychological');
    await page.getByRole('option', { name: 'Psychological First Aid' }).click();
    await page.getByLabel('Issued or held on').fill('2026-01-15');
    await page.getByRole('checkbox', { name: 'I attest this myself' }).check();
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByText('This is needed.').waitFor();
    serious.push(...(await seriousFaults(page, 'a field is missing')));
    await page.getByLabel('Hours', { exact: true }).fill('6,5');
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByText('Recorded.', { exact: true }).waitFor();
    await page.getByText(/attested by a supervisor · since Jan 15, 2026 · 6\.5 hours/).waitFor();

    await page.getByRole('button', { name: 'Take back Psychological First Aid' }).click();
    await page.getByRole('group', { name: 'Take back Psychological First Aid' }).getByRole('button', { name: 'Take back' }).click();
    await page.getByText('Not in date any more (1)').click();
    await page.getByText('taken back').waitFor();
    expect([serious, unasked(faults)]).toEqual([[], []]);
  }, JOURNEY_MS);

  it('let administration record a certification with a number only they can open', async () => {
    const admin = await new Api(app.baseUrl).signIn('admin@demo.test', app.password);
    const uma = itemsOf(await admin.get('/peers?search=Uma'))[0];
    const { page, faults } = await opened('admin', `/admin/peers/${String(uma?.id)}`, { size: DESK });
    await heading(page, 'Credentials and training');
    await page.getByRole('button', { name: 'Record a credential' }).click();
    await page.getByRole('combobox', { name: 'What it is' }).fill('mental health peer');
    await page.getByRole('option', { name: 'State certification: mental health peer' }).click();
    await page.getByLabel('Issued or held on').fill('2026-01-15');
    await page.getByLabel('Issued by').fill('State board');
    await page.getByLabel('State, two letters').fill('or');
    await page.getByLabel('Number', { exact: true }).fill('OR-4711');
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByText('May be billed: yes', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Show the number of State certification: mental health peer' }).click();
    await page.getByText('Number OR-4711').waitFor();
    const serious = await seriousFaults(page, 'a peer’s record');
    await page.goto(`${app.baseUrl}/admin/catalogue?kind=credentials`);
    await page.getByRole('button', { name: 'New entry' }).click();
    await page.getByLabel('In English').fill('Mental Health First Aid');
    await page.getByLabel('In Spanish').fill('Primeros auxilios en salud mental');
    await page.getByRole('combobox', { name: 'What it stands for' }).click();
    await page.getByRole('option', { name: 'Training', exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Mental Health First Aid').waitFor();
    serious.push(...(await seriousFaults(page, 'the catalogue')));
    expect([serious, unasked(faults)]).toEqual([[], []]);
  }, JOURNEY_MS);
});
