import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startApp, type AppProcess } from '../support/app-process.js';
import { describeWith, needs } from '../support/needs.js';
import { BOTH, DESK, openWindow, PHONE, signIn, signInByForm } from './browser.js';
import { expectGone, expectPath, expectSoon } from './patience.js';
import { like, words } from './words.js';

const FIRST_LOAD_LIMIT = 250_000;
const JOURNEY_MS = 120_000;
const CALLBACK = '+1 541 555 0142';
const LOCALES = { en: 'en-US', es: 'es-MX' } as const;
const WAYS = [
  { desk: DESK, deskSpeaks: 'en', phone: PHONE, phoneSpeaks: 'es', mailbox: 'peer01' },
  { desk: PHONE, deskSpeaks: 'es', phone: DESK, phoneSpeaks: 'en', mailbox: 'peer02' },
  { desk: DESK, deskSpeaks: 'es', phone: PHONE, phoneSpeaks: 'en', mailbox: 'peer03' },
  { desk: PHONE, deskSpeaks: 'en', phone: DESK, phoneSpeaks: 'es', mailbox: 'peer04' },
] as const;

/** Runs in the page: the paths of everything its worker keeps. */
const KEPT_FILES = `navigator.serviceWorker.ready.then(() => caches.keys())
  .then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys()))))
  .then((kept) => kept.flat().map(({ url }) => new URL(url).pathname))`;

describeWith(needs.chromium)('the pages', () => {
  let app: AppProcess;
  const at = (email: string, page: Page, path?: string): Promise<void> => signIn(page, app.baseUrl, email, app.password, path);

  beforeAll(async () => {
    app = await startApp({ env: { DEMO_PASSWORD: 'demo-pass-1234' } });
  }, 120_000);
  afterAll(() => app?.stop(), 60_000);

  /** Both at both widths and in both languages. */
  it.each(WAYS)('carry a request from a coordinator ($desk.width px, $deskSpeaks) to a peer ($phone.width px, $phoneSpeaks) and back', async ({ desk: deskSize, deskSpeaks, phone: phoneSize, phoneSpeaks, mailbox }) => {
    const [t, p] = [words(deskSpeaks), words(phoneSpeaks)];
    const desk = await openWindow({ size: deskSize, locale: LOCALES[deskSpeaks] });
    const phone = await openWindow({ size: phoneSize, scheme: 'dark', locale: LOCALES[phoneSpeaks] });
    const [board, peer] = [desk.page, phone.page];
    const tap = (key: string): Promise<void> => peer.getByRole('button', { name: p(key), exact: true }).click();
    const quiet = (): Promise<void> => peer.getByRole('heading', { name: p('peer.waiting') }).waitFor();
    await at(`${mailbox}@demo.test`, peer);
    await peer.waitForURL('**/peer');
    await tap('peer.checkIn');
    await quiet();
    await at('coordinator@demo.test', board);
    await board.waitForURL('**/board');
    await board.getByText(t('people.title', { count: 1 })).waitFor();

    // By keys alone: N opens, four times N answers the safety questions, Ctrl+Enter sends.
    await board.getByText(t('board.empty')).waitFor();
    await board.keyboard.press('n');
    await board.locator('input[name="imminentDanger"]:focus').waitFor();
    await board.keyboard.type('nnnn');
    await board.getByLabel(t('contact.callback')).fill(CALLBACK);
    await board.getByLabel(t('contact.story')).fill('Cannot sleep since the funeral.');
    await board.keyboard.press('Control+Enter');
    await board.getByText(t('intake.taken')).waitFor();

    await peer.getByRole('button', { name: p('peer.accept') }).waitFor();
    await expectGone(peer.getByText(CALLBACK));
    await tap('peer.decline');
    await peer.getByText(p('gone.declined')).waitFor();

    // Nobody else is there: from the request's own page they are asked once more, by name.
    await board.locator('[data-row]').first().waitFor();
    await board.keyboard.press('j');
    await board.locator('[data-row]:focus').waitFor();
    await board.keyboard.press('Enter');
    await board.getByRole('heading', { name: t('request.timeline') }).waitFor();
    await board.keyboard.press('a');
    const dialog = board.getByRole('dialog', { name: t('assign.title') });
    await dialog.getByRole('option', { selected: true }).waitFor();
    await dialog.getByRole('button', { name: t('agreed.no') }).click();
    await dialog.waitFor({ state: 'detached' });
    await tap('peer.accept');
    await peer.getByRole('heading', { name: p('peer.howToReach') }).waitFor();
    await board.getByText(t('request.contactDue')).first().waitFor();
    await board.getByRole('link', { name: t('request.back'), exact: true }).click();

    await tap('contact.open');
    await peer.getByRole('link', { name: CALLBACK }).waitFor();
    await peer.getByText(like(p, 'contact.closesIn')).waitFor();
    await tap('contact.close');
    await expectGone(peer.getByText(CALLBACK));
    await tap('peer.talking');
    await board.getByText(t('row.talking')).waitFor();
    await tap('peer.done');
    await peer.getByRole('button', { name: p('closeOut.send'), disabled: true }).waitFor();
    await peer.getByRole('group', { name: p('closeOut.outcome') }).locator('label').first().click();
    await peer.getByText(p('intensity.calm'), { exact: true }).click();
    await tap('closeOut.send');
    await peer.getByRole('heading', { name: p('rest.thanks') }).waitFor();
    await tap('rest.ready');
    await quiet();
    await board.getByText(t('board.empty')).waitFor();
    await peer.request.delete(`${app.baseUrl}/api/v1/me/duty?as=peer`);
    expect([...desk.faults, ...phone.faults]).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)('show what to say at once when somebody is in danger, and keep the alarm until contact is confirmed: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page, faults } = await openWindow({ size, locale });
    await at('coordinator@demo.test', page, '/board/new');
    await page.locator('input[name="imminentDanger"]:focus').waitFor();
    await page.keyboard.press('y');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').getByText(/(call|llam[ea]) (al )?911/).first().waitFor();
    await page.getByRole('button', { name: t('intake.toBoard') }).click();

    const alarms = page.getByRole('region', { name: t('alarm.title') });
    await alarms.getByText(t('alarm.nobodyHasIt')).waitFor();
    await alarms.getByRole('button', { name: t('escalation.haveThis') }).click();
    await alarms.getByText(like(t, 'alarm.inHandOf')).waitFor();
    await alarms.getByRole('button', { name: t('escalation.confirm') }).click();
    await alarms.getByRole('button', { name: t('confirmedBy.988') }).click();
    await alarms.waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)('keep a begun form when Escape slips, and mark the field the server refuses: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page } = await openWindow({ size, locale });
    await at('coordinator@demo.test', page, '/board/new');
    await page.getByLabel(t('intake.zip')).fill('12');
    await page.keyboard.press('Control+Enter');
    await page.getByText(t('fieldFault.at-place-zip')).waitFor();
    await page.locator('input[aria-invalid="true"]:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog', { name: t('intake.leave') }).getByRole('button', { name: t('intake.stay') }).click();
    await expectSoon(page.getByLabel(t('intake.zip')), (field) => field.inputValue(), '12');
  }, JOURNEY_MS);

  it.each(BOTH)('bring somebody back to where they were after signing in again, and speak the language they prefer: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page } = await openWindow({ size, locale });
    await page.goto(`${app.baseUrl}/peer`);
    await page.getByRole('heading', { name: t('signIn.title') }).waitFor();
    await page.getByText('Lane Demo').waitFor();
    await signInByForm(page, t, 'peer02@demo.test', app.password);
    await page.getByRole('button', { name: t('peer.checkIn') }).waitFor();
    await expectPath(page, '/peer');
    await page.locator(`html[lang="${language}"]`).waitFor();
    await page.goto(`${app.baseUrl}/board`);
    await page.getByText(t('page.forbidden')).waitFor();
  }, JOURNEY_MS);

  it('load on a phone with less than 250 kB', async () => {
    const { page } = await openWindow({ size: PHONE });
    await at('peer03@demo.test', page, '/peer');
    await page.getByRole('button', { name: 'Check in' }).waitFor();
    const paths = new Set<string>();
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      if (origin === app.baseUrl && /\.(js|css|svg|html)$|\/peer$/.test(pathname)) paths.add(pathname);
    });
    await page.reload();
    await page.getByRole('button', { name: 'Check in' }).waitFor();
    // Asked for again: what a page was given is not kept for as long as a test may want to read it.
    const sizes = await Promise.all([...paths].map(async (path) => gzipSync(await (await page.request.get(app.baseUrl + path)).body()).length));
    expect(sizes.length).toBeGreaterThan(5);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_LOAD_LIMIT);
  }, JOURNEY_MS);

  it('can be put on the home screen', async () => {
    const { page } = await openWindow({ size: PHONE });
    await at('peer11@demo.test', page, '/peer');
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
