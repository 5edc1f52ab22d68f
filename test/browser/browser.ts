import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { needs, pathOf } from '../support/needs.js';

export const DESK = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;
export type Scheme = 'light' | 'dark';

export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page threw or the console called an error; a refused sign-in check (401) is the page's own business. */
  readonly faults: string[];
  close(): Promise<void>;
}

/** A browser of its own, as if on another device: nothing is shared with any other window. */
export async function openWindow({ size, scheme = 'light', locale = 'en-US' }: { size: typeof DESK | typeof PHONE; scheme?: Scheme; locale?: string }): Promise<Window> {
  const profile = mkdtempSync(join(tmpdir(), 'pd-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: pathOf(needs.chromium),
    headless: true,
    viewport: size,
    hasTouch: size === PHONE,
    isMobile: size === PHONE,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale,
    timezoneId: 'America/Los_Angeles',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
  context.setDefaultTimeout(15_000);
  const page = context.pages()[0] ?? (await context.newPage());
  const faults: string[] = [];
  page.on('pageerror', (fault) => faults.push(fault.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|409)/.test(message.text())) faults.push(message.text());
  });
  const close = async (): Promise<void> => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { page, context, faults, close };
}

export async function signIn(page: Page, baseUrl: string, email: string, password: string, path = '/'): Promise<void> {
  await page.goto(baseUrl + path);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}
