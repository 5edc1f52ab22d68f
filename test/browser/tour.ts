import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { seriousFaults } from './axe.js';
import { DESK, PHONE } from './browser.js';
import { expectFitsItsWidth, expectSoon } from './patience.js';
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

/** Runs in the page: words that go on where nobody can see them, because a part around them cuts them off; what scrolls does not. */
const CUT_OFF = `[...document.querySelectorAll('body *')].flatMap((each) => {
  if (each.closest('.pd-hidden, .pd-skip, svg, select, thead, [aria-hidden="true"]') || ![...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '')) return [];
  if (!each.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return [];
  const words = document.createRange();
  words.selectNodeContents(each);
  const { left, right } = words.getBoundingClientRect();
  for (let around = each; around && around !== document.body; around = around.parentElement) {
    const { overflowX, clipPath, position } = getComputedStyle(around);
    if (overflowX === 'auto' || overflowX === 'scroll' || clipPath !== 'none') return [];
    const box = around.getBoundingClientRect();
    if (overflowX !== 'visible' && position !== 'fixed' && (left < box.left - 1 || right > box.right + 1)) return [each.textContent.trim().slice(0, 80)];
  }
  return [];
})`;

/** Nobody is shut out of the page as it is now: no serious fault, no scrolling sideways, nothing cut off, no word missing; and it says Demo. */
export async function expectOpenToAll(page: Page): Promise<void> {
  await page.getByText(SAYS_DEMO).first().waitFor();
  await expectFitsItsWidth(page);
  await expectSoon(page.locator('html'), () => page.evaluate<string[]>(CUT_OFF), []);
  expect({ serious: await seriousFaults(page, page.url()), untranslated: await untranslated(page) }).toEqual({ serious: [], untranslated: [] });
}
