import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.js';
import { type AppProcess, newDataDir, startApp } from '../support/app-process.js';
import { runFirstAdmin } from '../support/first-admin.js';
import { describeWith, needs } from '../support/needs.js';
import { BOTH, openWindow } from './browser.js';
import { expectGone, expectPath, textOf } from './patience.js';
import { words } from './words.js';

const PASSWORD = 'four unrelated words here';
const JOURNEY_MS = 120_000;
const sealing = (id: string, fill: number): string => `${id}:${Buffer.alloc(32, fill).toString('base64')}`;

/** A deployment with a database of its own, and therefore no demo. */
describeWith(needs.chromium)('outside the demo', () => {
  const dataDir = newDataDir();
  let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  let env: Readonly<Record<string, string>>;
  let app: AppProcess;

  beforeAll(async () => {
    server = await startEmbeddedPostgres({ dataDir: dataDir.path, log: () => undefined });
    env = { DATABASE_URL: server.connectionString, SEAL_KEYS: sealing('seal', 1), EXCLUSION_KEY: sealing('exclusion', 2), WELLNESS_SEAL_KEYS: sealing('wellness', 3), HOST: '127.0.0.1' };
    app = await startApp({ env });
  }, 180_000);
  afterAll(async () => {
    await app?.stop();
    await server?.stop();
    dataDir.remove();
  }, 60_000);

  it.each(BOTH)('an administrator can do nothing before their authenticator app is set up, and everything after: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const made = await runFirstAdmin(env, '--again', '--email', `ana-${language}@county.example`, '--name', 'Ana Ruiz');
    const { page, faults } = await openWindow({ size, locale });
    const press = (key: string): Promise<void> => page.getByRole('button', { name: t(key), exact: true }).click();
    await page.goto(`${app.baseUrl}/welcome#${made.link?.split('#')[1] ?? made.stderr}`);
    await page.getByLabel(t('welcome.password'), { exact: true }).fill(PASSWORD);
    await press('welcome.submit');
    await page.getByRole('heading', { name: t('secondFactor.needed') }).waitFor();
    await page.goto(`${app.baseUrl}/admin/accounts`);
    await page.getByRole('heading', { name: t('secondFactor.needed') }).waitFor();
    expect((await page.request.get(`${app.baseUrl}/api/v1/accounts`)).status()).toBe(403);

    await page.getByLabel(t('signIn.password'), { exact: true }).fill(PASSWORD);
    await press('secondFactor.begin');
    const secret = Secret.fromBase32((await textOf(page.locator('[translate="no"]'))).replaceAll(' ', ''));
    await page.getByLabel(t('secondFactor.codeNow')).fill(new TOTP({ secret }).generate());
    await press('secondFactor.confirm');
    await page.getByText(t('secondFactor.kept')).click();
    await press('secondFactor.goOn');
    await expectPath(page, '/admin/accounts');
    await page.getByRole('link', { name: t('accounts.invite') }).waitFor();
    await page.goto(`${app.baseUrl}/account`);
    await page.getByText(t('secondFactor.stays')).waitFor();
    await expectGone(page.getByRole('button', { name: t('secondFactor.turnOff') }), page.getByText(t('demo.badge'), { exact: true }));
    expect(faults.filter((fault) => !/status of 403/.test(fault))).toEqual([]);
  }, JOURNEY_MS);
});
