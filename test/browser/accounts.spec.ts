import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { type AppProcess, newDataDir, startApp } from '../support/app-process.js';
import { runFirstAdmin } from '../support/first-admin.js';
import { describeWith, needs } from '../support/needs.js';
import { seriousFaults } from './axe.js';
import { BOTH, DESK, openWindow, PHONE, type Window } from './browser.js';
import { expectCount, expectPath, expectGone, textOf } from './patience.js';
import { like, words } from './words.js';

const PASSWORD = 'four unrelated words here';
const STARTS_MS = 180_000;
const JOURNEY_MS = 200_000;

/** What an authenticator app shows; `stepsAhead` for a code that was not used yet. */
const codeOf = (secret: string, stepsAhead = 0): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + stepsAhead * 30_000 });

describeWith(needs.chromium)('people come in', () => {
  const dataDir = newDataDir();
  let app: AppProcess;
  let link = '';
  let secret = '';
  /** Of the coordinator who came in on a phone. */
  let otherSecret = '';
  /** The administrator's, from the first test to the last. */
  let desk: Window;
  const look = async (page: Page, name: string): Promise<void> => expect(await seriousFaults(page, name)).toEqual([]);

  beforeAll(async () => {
    const env = { DATA_DIR: dataDir.path };
    app = await startApp({ env });
    const made = await runFirstAdmin(env, '--again', '--email', 'ana@county.example', '--name', 'Ana Ruiz');
    if (!made.link) throw new Error(`no link: ${made.stderr}`);
    link = made.link;
  }, STARTS_MS);
  afterAll(async () => {
    await app?.stop();
    dataDir.remove();
  }, 60_000);

  it('from the first administrator’s link to a peer on their phone', async () => {
    expect(link.startsWith(`${app.baseUrl}/welcome#`)).toBe(true);
    desk = await openWindow({ size: DESK, stays: true });
    const { page } = desk;

    await page.goto(link);
    await page.getByRole('heading', { name: 'Welcome. You run this now.' }).waitFor();
    await page.waitForURL(({ hash }) => hash === '');
    await look(page, 'welcome');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Set the password and sign in' }).click();
    await page.waitForURL('**/admin/**');

    await page.getByRole('button', { name: 'Account menu of Ana Ruiz' }).click();
    await page.getByRole('menuitem', { name: 'My account' }).click();
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    secret = (await textOf(page.locator('[translate="no"]'))).replaceAll(' ', '');
    await page.getByLabel('Code the app shows now').fill(codeOf(secret));
    await page.getByRole('button', { name: 'Turn it on' }).click();
    await page.getByText('I have kept them in a safe place').click();
    await look(page, 'recovery codes');
    await expectCount(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem'), 10);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('10 recovery codes are left.').waitFor();

    await page.goto(`${app.baseUrl}/admin/accounts`);
    await page.getByRole('link', { name: 'Ana Ruiz' }).waitFor();
    await page.getByRole('link', { name: 'Invite somebody' }).click();
    // The page before has a field by name and e-mail as well.
    await page.getByRole('button', { name: 'Make the link' }).waitFor();
    await page.getByLabel('Name').fill('Jo Mendez');
    await page.getByLabel('E-mail').fill('jo@county.example');
    await page.getByRole('button', { name: 'Peer', exact: true }).click();
    await page.getByRole('button', { name: 'Make the link' }).click();
    await page.getByText('Hand this link on. It is shown only now.').waitFor();
    const invitation = await textOf(page.locator('output'));

    const phone = await openWindow({ size: PHONE, scheme: 'dark', locale: 'es-MX' });
    await phone.page.goto(invitation);
    await phone.page.getByRole('heading', { name: 'Le damos la bienvenida, Jo Mendez' }).waitFor();
    await phone.page.getByLabel('Contraseña', { exact: true }).fill(PASSWORD);
    await phone.page.getByRole('button', { name: 'Guardar y entrar' }).click();
    await phone.page.waitForURL('**/peer');
    await phone.page.goto(`${app.baseUrl}/account`);
    await phone.page.getByRole('heading', { name: 'Jo Mendez' }).waitFor();

    await page.getByRole('button', { name: 'I have handed it on' }).click();
    await page.getByRole('heading', { name: 'Signing in' }).waitFor();
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByRole('group', { name: 'Sign Jo Mendez out on every device?' }).getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByText('Saved.').waitFor();
    await phone.page.reload();
    await phone.page.getByRole('heading', { name: 'Iniciar sesión' }).waitFor();
    expect([...desk.faults, ...phone.faults]).toEqual([]);
  }, JOURNEY_MS);

  it('and in Spanish on a phone, where a coordinator sets up the second factor', async () => {
    const t = words('es');
    const { page: admin } = desk;
    await admin.goto(`${app.baseUrl}/admin/accounts/new`);
    await admin.getByLabel('Name').fill('Luz Prado');
    await admin.getByLabel('E-mail').fill('luz@county.example');
    await admin.getByRole('button', { name: 'Coordinator', exact: true }).click();
    await admin.getByRole('button', { name: 'Make the link' }).click();
    const invitation = await textOf(admin.locator('output'));

    const { page, faults } = await openWindow({ size: PHONE, locale: 'es-MX' });
    await page.goto(invitation);
    await page.getByRole('heading', { name: t('welcome.heading.invite', { name: 'Luz Prado' }) }).waitFor();
    await page.getByLabel(t('welcome.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('welcome.submit') }).click();
    await expectPath(page, '/board');
    await page.goto(`${app.baseUrl}/account`);
    await page.getByRole('button', { name: t('secondFactor.setUp') }).click();
    await page.getByRole('textbox', { name: t('signIn.password'), exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('secondFactor.begin') }).click();
    otherSecret = (await textOf(page.locator('[translate="no"]'))).replaceAll(' ', '');
    await page.getByLabel(t('secondFactor.codeNow')).fill(codeOf(otherSecret));
    await page.getByRole('button', { name: t('secondFactor.confirm') }).click();
    await page.getByText(t('secondFactor.kept')).click();
    await page.getByRole('button', { name: t('secondFactor.goOn') }).click();
    await page.getByText(t('secondFactor.left', { count: 10 })).waitFor();
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)('with the code of their app, once it is set up: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page } = await openWindow({ size, locale });
    const [email, own, home] = language === 'en' ? ['ana@county.example', secret, '/admin/programmes'] as const : ['luz@county.example', otherSecret, '/board'] as const;
    await page.goto(`${app.baseUrl}/sign-in`);
    await page.getByLabel(t('signIn.email')).fill(email);
    await page.getByLabel(t('signIn.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('signIn.submit') }).click();
    await page.getByRole('heading', { name: t('signIn.codeTitle') }).waitFor();
    await look(page, 'code');
    await page.getByLabel(t('signIn.code')).fill('000000');
    await page.getByRole('button', { name: t('signIn.submit') }).click();
    await page.getByText(t('problem.wrong-second-factor')).waitFor();
    await look(page, 'wrong code');
    // The step ahead: this one may have been used to set it up.
    await page.getByLabel(t('signIn.code')).fill(codeOf(own, 1));
    await page.getByRole('button', { name: t('signIn.submit') }).click();
    await page.getByRole('button', { name: like(t, 'account.menuOf') }).waitFor();
    await expectPath(page, home);
  }, JOURNEY_MS);

  it.each(BOTH)('or are told kindly that a link has served, and what to do: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page } = await openWindow({ size, locale });
    await page.goto(link);
    await page.getByRole('heading', { name: t('welcome.over') }).waitFor();
    await page.getByRole('link', { name: t('welcome.toSignIn') }).click();
    await page.getByRole('heading', { name: t('signIn.title') }).waitFor();
    await expectPath(page, '/sign-in');
  }, JOURNEY_MS);

  it('and machines get a key, shown once, which is revoked with two taps', async () => {
    const { page } = desk;
    await page.goto(`${app.baseUrl}/admin/api-keys`);
    await page.getByText('No keys yet.').waitFor();
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByLabel('Name').fill('County CAD');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByText('Hand this key on. It is shown only now.').waitFor();
    const key = await textOf(page.locator('output'));
    const asMachine = () => fetch(`${app.baseUrl}/api/v1/programmes`, { headers: { authorization: `Bearer ${key}` } });
    expect((await asMachine()).status).toBe(200);
    await page.getByRole('button', { name: 'I have handed it on' }).click();
    await expectGone(page.getByText(key));
    await page.getByRole('button', { name: 'Revoke County CAD' }).click();
    await page.getByRole('group', { name: /^Revoke County CAD\?/ }).getByRole('button', { name: 'Revoke' }).click();
    await page.getByText(/^Revoked /).waitFor();
    expect((await asMachine()).status).toBe(401);
  }, JOURNEY_MS);

  it('and a second administrator by the command line only when it is asked twice', async () => {
    const refused = await runFirstAdmin({ DATA_DIR: dataDir.path });
    expect(refused).toMatchObject({ code: 1, link: null, stdout: '', stderr: expect.stringContaining('There is an administrator already') });
    expect(await runFirstAdmin({ DATA_DIR: dataDir.path }, '--again', '--email', 'second@county.example')).toMatchObject({ code: 0, link: expect.stringContaining(app.baseUrl) });
  }, JOURNEY_MS);
});
