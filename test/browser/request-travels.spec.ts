import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startApp, type AppProcess } from '../support/app-process.js';
import { describeWith, needs } from '../support/needs.js';
import { DESK, openWindow, PHONE, signIn, type Scheme, type Window } from './browser.js';

const FIRST_LOAD_LIMIT = 250_000;
/** Axe reads each page twice over on a machine that others may be using. */
const AXE_MS = 150_000;
const JOURNEY_MS = 90_000;
const CALLBACK = '+1 541 555 0142';

describeWith(needs.chromium)('the pages', () => {
  let app: AppProcess;
  const windows: Window[] = [];
  const open = async (...options: Parameters<typeof openWindow>): Promise<Window> => {
    const window = await openWindow(...options);
    windows.push(window);
    return window;
  };
  const at = (email: string, page: Page, path?: string): Promise<void> => signIn(page, app.baseUrl, email, app.password, path);

  beforeAll(async () => {
    app = await startApp({ env: { DEMO_PASSWORD: 'demo-pass-1234' } });
  }, 120_000);
  afterAll(async () => {
    await Promise.all(windows.map((window) => window.close()));
    await app?.stop();
  }, 60_000);

  it('carry a request from the coordinator to a phone and back', async () => {
    const desk = await open({ size: DESK });
    const phone = await open({ size: PHONE, scheme: 'dark' });
    const [board, peer] = [desk.page, phone.page];

    await at('peer01@demo.test', peer);
    await peer.waitForURL('**/peer');
    await peer.getByRole('button', { name: 'Check in' }).click();
    await peer.getByRole('heading', { name: 'All quiet right now.' }).waitFor();
    await at('coordinator@demo.test', board);
    await board.waitForURL('**/board');
    await board.getByText('On duty: 1 peer').waitFor();

    // By keys alone: N opens, four times N answers the safety questions, Ctrl+Enter sends.
    await board.getByText('No open requests.').waitFor();
    await board.keyboard.press('n');
    await board.getByRole('dialog').waitFor();
    await board.locator('input[name="imminentDanger"]:focus').waitFor();
    await board.keyboard.type('nnnn');
    await board.getByRole('combobox', { name: 'What would help' }).fill('loss');
    await board.getByRole('option', { name: 'Losing someone' }).click();
    await board.getByLabel('Call back').fill(CALLBACK);
    await board.getByLabel('What they told us').fill('Cannot sleep since the funeral.');
    await board.keyboard.press('Control+Enter');
    await board.getByText('Taken in. The search has begun.').waitFor();

    await peer.getByRole('button', { name: "I'll take it" }).waitFor();
    await board.getByText(/^asking /).waitFor();
    expect(await peer.getByText(CALLBACK).count()).toBe(0);
    await peer.getByRole('button', { name: "I'll take it" }).click();

    await board.getByText(/^with .+, contact due/).waitFor();
    await peer.getByRole('heading', { name: 'How to reach them' }).waitFor();
    await peer.getByRole('button', { name: 'Open contact details' }).click();
    await peer.getByRole('link', { name: CALLBACK }).waitFor();
    await peer.getByText('closes by itself').waitFor();
    await peer.getByRole('button', { name: 'Close now' }).click();
    expect(await peer.getByText(CALLBACK).count()).toBe(0);
    await peer.getByRole('button', { name: 'We are talking' }).click();
    await board.getByText(/^with .+, in contact/).waitFor();

    await peer.getByRole('button', { name: 'We are done' }).click();
    expect(await peer.getByRole('button', { name: 'Close out' }).isDisabled()).toBe(true);
    await peer.getByText('We talked and it helped').click();
    await peer.getByText('Grief').click();
    await peer.getByText('Calm', { exact: true }).click();
    await peer.getByRole('button', { name: 'Close out' }).click();
    await peer.getByText('Thank you. That is recorded.').waitFor();
    await peer.getByRole('heading', { name: 'All quiet right now.' }).waitFor();
    await board.getByText('No open requests.').waitFor();

    expect([...desk.faults, ...phone.faults]).toEqual([]);
  }, JOURNEY_MS);

  it('show what to say at once when somebody is in danger, and keep the alarm until contact is confirmed', async () => {
    const { page, faults } = await open({ size: DESK });
    await at('coordinator@demo.test', page, '/board/new');
    await page.locator('input[name="imminentDanger"]:focus').waitFor();
    await page.keyboard.press('y');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').getByText('call 911').waitFor();
    await page.getByRole('button', { name: 'Back to the board' }).click();

    const alarms = page.getByRole('region', { name: 'Alarms' });
    await alarms.getByText('nobody has acknowledged').waitFor();
    await alarms.getByRole('button', { name: 'I have this' }).click();
    await alarms.getByText('in hand, contact not confirmed').waitFor();
    await alarms.getByRole('button', { name: 'Contact confirmed' }).click();
    await alarms.getByRole('button', { name: '988' }).click();
    await alarms.waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it('keep a begun form when Escape slips, and mark the field the server refuses', async () => {
    const { page } = await open({ size: DESK });
    await at('coordinator@demo.test', page, '/board/new');
    await page.getByLabel('ZIP code').fill('12');
    await page.keyboard.press('Control+Enter');
    await page.getByText('A ZIP code has five digits.').waitFor();
    await page.locator('input[aria-invalid="true"]:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog', { name: 'Leave without taking it in?' }).getByRole('button', { name: 'Go on' }).click();
    expect(await page.getByLabel('ZIP code').inputValue()).toBe('12');
  }, JOURNEY_MS);

  it('bring somebody back to where they were after signing in again, and speak Spanish to who prefers it', async () => {
    const { page } = await open({ size: PHONE, locale: 'es-MX' });
    await page.goto(`${app.baseUrl}/peer`);
    await page.getByRole('heading', { name: 'Iniciar sesión' }).waitFor();
    await page.getByText('Lane Demo').waitFor();
    await page.getByLabel('Correo electrónico').fill('peer02@demo.test');
    await page.getByLabel('Contraseña', { exact: true }).fill(app.password);
    await page.getByRole('button', { name: 'Iniciar sesión' }).click();
    await page.getByRole('button', { name: 'Entrar de turno' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/peer');
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    await page.goto(`${app.baseUrl}/board`);
    await page.getByText('Esta página no es parte de su función').waitFor();
  }, JOURNEY_MS);

  it('load on a phone with less than 250 kB', async () => {
    const { page } = await open({ size: PHONE });
    await at('peer03@demo.test', page, '/peer');
    await page.getByRole('button', { name: 'Check in' }).waitFor();
    const bodies: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (/\.(js|css|svg|html)$|\/peer$/.test(new URL(response.url()).pathname)) bodies.push(response.body());
    });
    await page.reload();
    await page.getByRole('button', { name: 'Check in' }).waitFor();
    const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
    expect(sizes.length).toBeGreaterThan(5);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_LOAD_LIMIT);
  }, JOURNEY_MS);

  it.each(['light', 'dark'] as const)('have no serious fault for assistive technology, %s', async (scheme: Scheme) => {
    const desk = await open({ size: DESK, scheme });
    const phone = await open({ size: PHONE, scheme });
    const faults: string[] = [];
    const look = async (page: Page, name: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
      for (const { id, impact, nodes } of violations) {
        if (impact === 'serious' || impact === 'critical') faults.push(`${name}: ${id} ${nodes.map((node) => node.html).join(' | ')}`);
      }
    };
    await desk.page.goto(`${app.baseUrl}/sign-in`);
    await desk.page.getByRole('button', { name: 'Sign in' }).waitFor();
    await look(desk.page, 'sign-in');
    await at('coordinator@demo.test', desk.page, '/board/new');
    await desk.page.locator('input[name="imminentDanger"]:focus').waitFor();
    await look(desk.page, 'intake');
    await desk.page.keyboard.type('y');
    await desk.page.keyboard.press('Control+Enter');
    await desk.page.getByRole('dialog').getByText('call 911').waitFor();
    await look(desk.page, 'intake, danger');
    await desk.page.getByRole('button', { name: 'Back to the board' }).click();
    await desk.page.getByRole('button', { name: 'I have this' }).first().waitFor();
    await look(desk.page, 'board');
    await desk.page.locator('[data-row]').first().click();
    await desk.page.getByRole('heading', { name: 'What has happened' }).waitFor();
    await look(desk.page, 'request');
    await desk.page.getByRole('button', { name: 'Cancel request' }).click();
    await desk.page.getByRole('dialog', { name: 'Cancel this request?' }).waitFor();
    await look(desk.page, 'request, cancelling');
    await at(scheme === 'light' ? 'peer04@demo.test' : 'peer05@demo.test', phone.page, '/peer');
    await phone.page.getByRole('button', { name: 'Change' }).click();
    await look(phone.page, 'peer, off duty');
    await phone.page.getByRole('button', { name: 'Check in' }).click();
    await phone.page.getByRole('button', { name: 'Check out' }).waitFor();
    await look(phone.page, 'peer, waiting');
    await phone.page.getByRole('button', { name: 'Check out' }).click();
    await phone.page.getByRole('button', { name: 'Check in' }).waitFor();
    expect(faults).toEqual([]);
  }, AXE_MS);
});
