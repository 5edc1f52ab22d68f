import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startApp, type AppProcess } from '../support/app-process.js';
import { Api, itemsOf } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { seriousFaults } from './axe.js';
import { BOTH, openWindow } from './browser.js';
import { like, words } from './words.js';

const JOURNEY_MS = 150_000;
/** Two months ago, whenever that is: neither still to come nor long over. */
const ISSUED_ON = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
const LAST_DAY = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);

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

  it.each(BOTH)('show a peer what they hold, and keep what they leave out: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page, faults } = await opened('peer10', '/peer', { size, locale, scheme: 'dark' });
    const door = async (key: string): Promise<void> => {
      await page.getByRole('link', { name: t('doors.more'), exact: true }).click();
      await page.getByRole('link', { name: t(key) }).click();
    };
    const choose = async (name: string, saved: string): Promise<void> => {
      await page.getByRole('button', { name, exact: true, pressed: false }).click();
      await page.getByRole('button', { name: t('credentials.topics.save') }).click();
      await page.getByText(t(saved)).waitFor();
      await page.reload();
      await page.getByRole('button', { name, exact: true, pressed: true }).waitFor();
      await page.getByRole('link', { name: t('common.back') }).click();
    };
    await door('doors.credentials');
    await heading(page, t('credentials.own.asksTitle'));
    const warmline = page.getByRole('region', { name: 'Warmline' });
    await warmline.getByText(like(t, 'credentials.own.hasUntil')).waitFor();
    await warmline.getByText(t('credentials.own.notBillable', { why: t('credentials.own.gap.certification') })).waitFor();
    await page.getByText(like(t, 'credentials.line.ended', 'within')).first().waitFor();
    await page.getByRole('link', { name: t('common.back') }).click();

    await door('doors.topics');
    await choose(language === 'en' ? 'Losing someone' : 'Oír voces o tener creencias inusuales', 'credentials.topics.saved');
    await door('doors.own-care');
    await choose(language === 'en' ? 'Warmline' : 'Mobile response', 'credentials.ownCare.saved');
    expect(unasked(faults)).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)('let a supervisor see what ends, attest a training and take it back: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const training = language === 'en' ? 'Psychological First Aid' : 'Primeros auxilios psicológicos';
    const { page, faults } = await opened('supervisor', '/supervisor', { size, locale });
    await page.getByRole('link', { name: t('credentials.expiring.link') }).click();
    await heading(page, t('credentials.expiring.title'));
    await page.getByLabel(t('credentials.expiring.search')).fill('Vlad');
    await page.getByRole('link', { name: 'Vlad I. (demo)' }).click();
    await heading(page, 'Vlad I. (demo)');
    await page.getByText(t('credentials.staff.notBillable', { why: t('credentials.own.gap.certification') })).first().waitFor();

    await page.getByRole('button', { name: t('credentials.staff.record') }).click();
    await page.getByRole('combobox', { name: t('credentials.staff.what') }).fill(training);
    await page.getByRole('option', { name: training }).click();
    await page.getByLabel(t('credentials.staff.issuedOn')).fill(ISSUED_ON);
    await page.getByRole('checkbox', { name: t('credentials.staff.attest') }).check();
    await page.getByRole('button', { name: t('credentials.staff.save') }).click();
    await page.getByText(t('credentials.staff.fault.required')).waitFor();
    const serious = await seriousFaults(page, 'a field is missing');
    await page.getByLabel(t('credentials.staff.hours'), { exact: true }).fill('6,5');
    await page.getByRole('button', { name: t('credentials.staff.save') }).click();
    await page.getByText(t('credentials.staff.recorded'), { exact: true }).waitFor();
    await page.getByText(new RegExp(`${ISSUED_ON.slice(0, 4)} · 6[.,]5 `)).and(page.locator(':visible')).first().waitFor();

    const takeBack = t('credentials.staff.revokeOf', { name: training });
    await page.getByRole('button', { name: takeBack }).click();
    await page.getByRole('group', { name: takeBack }).getByRole('button', { name: t('credentials.staff.revoke') }).click();
    await page.getByText(like(t, 'credentials.staff.over')).click();
    await page.getByText(t('credentials.line.revoked')).first().waitFor();
    expect([serious, unasked(faults)]).toEqual([[], []]);
  }, JOURNEY_MS);

  it.each(BOTH)('let administration record a certification with a number only they can open: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const admin = await new Api(app.baseUrl).signIn('admin@demo.test', app.password);
    const [name, certification, entry] = language === 'en' ? ['Uma', 'State certification: mental health peer', 'Mental Health First Aid'] as const : ['Vlad', 'Certificación estatal: par en salud mental', 'First Aid'] as const;
    const found = itemsOf(await admin.get(`/peers?search=${name}`))[0];
    const { page, faults } = await opened('admin', `/admin/peers/${String(found?.id)}`, { size, locale });
    await heading(page, t('credentials.staff.title'));
    await page.getByRole('button', { name: t('credentials.staff.record') }).click();
    await page.getByRole('combobox', { name: t('credentials.staff.what') }).fill(certification);
    await page.getByRole('option', { name: certification }).click();
    await page.getByLabel(t('credentials.staff.issuedOn')).fill(ISSUED_ON);
    await page.getByLabel(t('credentials.staff.lastDay')).fill(LAST_DAY);
    await page.getByLabel(t('credentials.staff.issuer')).fill('State board');
    await page.getByLabel(t('credentials.staff.state')).fill('or');
    await page.getByLabel(t('credentials.staff.number'), { exact: true }).fill('OR-4711');
    await page.getByRole('button', { name: t('credentials.staff.save') }).click();
    await page.getByText(t('credentials.staff.billable')).first().waitFor();
    await page.getByRole('button', { name: t('credentials.line.showNumberOf', { name: certification }) }).click();
    await page.getByText(t('credentials.line.number', { number: 'OR-4711' })).waitFor();
    const serious = await seriousFaults(page, 'a peer’s record');
    await page.goto(`${app.baseUrl}/admin/catalogue?kind=credentials`);
    await page.getByRole('button', { name: t('admin.catalogue.new') }).click();
    await page.getByLabel(t('admin.catalogue.en')).fill(entry);
    await page.getByLabel(t('admin.catalogue.es')).fill(`${entry} (es)`);
    await page.getByRole('combobox', { name: t('admin.catalogue.class') }).selectOption(t('credentials.class.training'));
    await page.getByRole('button', { name: t('admin.save'), exact: true }).click();
    await page.getByText(entry).first().waitFor();
    serious.push(...(await seriousFaults(page, 'the catalogue')));
    expect([serious, unasked(faults)]).toEqual([[], []]);
  }, JOURNEY_MS);
});
