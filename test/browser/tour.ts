import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { seriousFaults } from './axe.js';
import { DESK, PHONE } from './browser.js';
import { expectFitsItsWidth } from './patience.js';
import { untranslated, words, type Language } from './words.js';

const view = (size: typeof DESK | typeof PHONE, scheme: 'light' | 'dark', language: Language) => ({
  name: `${size.width} px, ${scheme}, ${language}`, language, t: words(language),
  how: { size, scheme, locale: language === 'es' ? 'es-MX' : 'en-US' },
});

/** Every page and state is looked at twice, so that both widths, both schemes and both languages are seen. */
export const VIEWS = [view(PHONE, 'light', 'es'), view(DESK, 'dark', 'en')] as const;

/** The same in both languages. */
const SAYS_DEMO = /^Demo\b/;

/** Axe reads each state on a machine that others may be using. */
export const STATE_MS = 90_000;

/** Nobody is shut out of the page as it is now: no serious fault, no scrolling sideways, no word missing; and it says Demo. */
export async function expectOpenToAll(page: Page): Promise<void> {
  await page.getByText(SAYS_DEMO).first().waitFor();
  await expectFitsItsWidth(page);
  expect({ serious: await seriousFaults(page, page.url()), untranslated: await untranslated(page) }).toEqual({ serious: [], untranslated: [] });
}
