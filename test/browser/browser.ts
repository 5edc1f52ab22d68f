import { afterAll, afterEach } from '@jest/globals';
import type { TFunction } from 'i18next';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { needs, pathOf } from '../support/needs.js';
import { PATIENCE_MS } from './patience.js';

export const DESK = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;
type Scheme = 'light' | 'dark';
/** A journey of one person is made in both; one of two people has one of them in each. */
export const BOTH = [{ size: DESK, language: 'en', locale: 'en-US' }, { size: PHONE, language: 'es', locale: 'es-MX' }] as const;

export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page threw or the console called an error; a refused sign-in check (401) is the page's own business. */
  readonly faults: string[];
  readonly stays: boolean;
}
interface AWindow {
  readonly size: { readonly width: number; readonly height: number };
  readonly scheme?: Scheme;
  readonly locale?: string;
  readonly stays?: boolean;
}

let browser: Promise<Browser> | undefined;
const windows = new Set<Window>();
afterEach(() => closeWindows((window) => !window.stays));
afterAll(async () => {
  await closeWindows(() => true);
  await (await browser)?.close();
});

/**
 * A window as if on another device: nothing is shared with any other. It closes with the test that opened it, since a
 * page that counts down keeps a processor busy; one that `stays` is there until the last test of the file.
 */
export async function openWindow({ size, scheme = 'light', locale = 'en-US', stays = false }: AWindow): Promise<Window> {
  browser ??= chromium.launch({
    executablePath: pathOf(needs.chromium),
    headless: true,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
  const context = await (await browser).newContext({
    viewport: size,
    hasTouch: size === PHONE,
    isMobile: size === PHONE,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale,
    timezoneId: 'America/Los_Angeles',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (fault) => faults.push(fault.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|409)/.test(message.text())) faults.push(message.text());
  });
  const window: Window = { page, context, faults, stays };
  windows.add(window);
  return window;
}

async function closeWindows(which: (window: Window) => boolean): Promise<void> {
  const closing = [...windows].filter(which);
  for (const window of closing) windows.delete(window);
  await Promise.all(closing.map(({ context }) => context.close()));
}

/** Signed in without the form, which has journeys of its own: `signInByForm`. */
export async function signIn(page: Page, baseUrl: string, email: string, password: string, path = '/'): Promise<void> {
  const answer = await page.request.post(`${baseUrl}/api/v1/sessions`, { data: { email, password } });
  if (!answer.ok()) throw new Error(`${email} could not sign in: ${answer.status()} ${await answer.text()}`);
  await page.goto(baseUrl + path);
}

export async function signInByForm(page: Page, t: TFunction, email: string, password: string): Promise<void> {
  await page.getByLabel(t('signIn.email')).fill(email);
  await page.getByLabel(t('signIn.password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: t('signIn.submit') }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}
