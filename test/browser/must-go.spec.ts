import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { itemsOf } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { BOTH, type DESK, type PHONE } from './browser.js';
import { eventually, expectPath, standStill } from './patience.js';
import { like, words } from './words.js';
import { World } from './world.js';

describeWith(needs.chromium)('“I must go”', () => {
  const world = World.forThisFile();

  /** With somebody, at a page whose seconds stand still before “I must go” was tapped: only leaving can send it. */
  async function going(mailbox: string, { size, locale, t }: { size: typeof DESK | typeof PHONE; locale: string; t: ReturnType<typeof words> }): Promise<{ page: Page; end: () => Promise<unknown> }> {
    await world.onDuty(mailbox);
    const { id } = await world.assign(await world.take(), mailbox);
    const { page } = await world.open(mailbox, '/peer', { size, locale });
    // From here on the worker could be in the way of what is sent while the page goes.
    await page.evaluate('new Promise((taken) => { const { serviceWorker } = navigator; serviceWorker.controller ? taken() : serviceWorker.addEventListener("controllerchange", () => taken(), { once: true }); })');
    await page.getByRole('button', { name: t('leaving.must-go'), exact: true }).waitFor();
    await standStill(page);
    await page.getByRole('button', { name: t('leaving.must-go'), exact: true }).click();
    await page.getByText(t('leaving.before.must-go')).waitFor();
    const held = await world.as(mailbox);
    const end = (): Promise<unknown> => eventually(async () => itemsOf(await held.get('/me/outcomes')).find((each) => each['assignmentId'] === id)?.['myEnd']);
    return { page, end };
  }

  it.each(BOTH.map((each, index) => ({ ...each, mailbox: `peer0${index + 1}` })))('goes out at once when the page is left before its seconds are over: $size.width px, $language', async ({ size, language, locale, mailbox }) => {
    const { page, end } = await going(mailbox, { size, locale, t: words(language) });
    await page.goto('about:blank');
    expect(await end()).toBe('must-go');
    await world.offDuty(mailbox);
  }, 120_000);

  it.each(BOTH.map((each, index) => ({ ...each, mailbox: `peer0${index + 3}` })))('goes out at once when another page of ours takes its place: $size.width px, $language', async ({ size, language, locale, mailbox }) => {
    const t = words(language);
    const { page, end } = await going(mailbox, { size, locale, t });
    await page.getByRole('button', { name: like(t, 'account.menuOf') }).click();
    // The menu opens by the clock that stands still: a second of the four, no more.
    await page.clock.runFor(1_000);
    await page.getByRole('menuitem', { name: t('account.mine') }).click();
    await expectPath(page, '/account');
    expect(await end()).toBe('must-go');
    await world.offDuty(mailbox);
  }, 120_000);
});
