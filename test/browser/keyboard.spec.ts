import { describe, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeWith, needs } from '../support/needs.js';
import { BOTH } from './browser.js';
import { expectSoon } from './patience.js';
import { words } from './words.js';
import { DANGER, World } from './world.js';

const JOURNEY_MS = 120_000;

/** Where the keyboard is: what has the focus and, when that is a place rather than a part, what kind of place. */
const HELD = `(() => { const at = document.activeElement; return at.getAttribute('aria-label') ?? (at.textContent.length < 60 ? at.textContent : at.tagName); })()`;

/** Whoever cannot use a mouse goes on from where they were, whatever became of the button they pressed. */
describeWith(needs.chromium)('by keyboard alone', () => {
  const world = World.forThisFile();

  describe.each(BOTH)('$size.width px, $language', ({ size, language, locale }) => {
    const t = words(language);
    const how = { size, locale };
    const press = async (page: Page, name: string): Promise<void> => {
      const button = page.getByRole('button', { name, exact: true }).first();
      await button.focus();
      await page.keyboard.press('Enter');
    };
    const expectHeld = (page: Page, expected: string): Promise<void> => expectSoon(page.locator('html'), () => page.evaluate(HELD), expected);

    it('whoever takes an alarm on the board stays among the alarms, and Tab goes on there', async () => {
      const request = await world.take({ safety: DANGER });
      const { page } = await world.open('coordinator', '/board', how);
      await press(page, t('escalation.haveThis'));
      await page.getByText(t('alarm.inHandOf', { name: 'Alex (demo)' })).waitFor();
      await expectHeld(page, t('alarm.title'));
      await page.keyboard.press('Tab');
      await expectHeld(page, t('script.show'));
      await world.cancel(request['id']);
    }, JOURNEY_MS);

    it('whoever asks everybody anew, or sends back to search, keeps their place on the request’s page', async () => {
      const request = await world.take({ language: 'so' });
      const { page } = await world.open('coordinator', `/requests/${String(request['id'])}`, how);
      const anew = page.getByRole('button', { name: t('request.reOffer') });
      await anew.focus();
      const sent = page.waitForResponse((answer) => answer.url().endsWith('/re-offer'));
      await page.keyboard.press('Enter');
      await sent;
      await expectSoon(anew, (button) => button.evaluate((each) => each === each.ownerDocument.activeElement), true);
      await press(page, t('request.escalate'));
      await press(page, t('escalation.haveThis'));
      await page.getByRole('button', { name: t('escalation.confirm') }).waitFor();
      await expectSoon(page.locator('html'), () => page.evaluate('document.activeElement !== document.body && document.querySelector("main").contains(document.activeElement)'), true);
      await world.cancel(request['id']);
    }, JOURNEY_MS);

    it('a peer who accepts is in the page of their contact, not above it', async () => {
      await world.onDuty('peer02');
      await world.take();
      const { page } = await world.open('peer02', '/peer', how);
      await press(page, t('peer.accept'));
      await page.getByRole('button', { name: t('peer.talking') }).waitFor();
      await expectHeld(page, 'MAIN');
      await page.keyboard.press('Tab');
      await expectHeld(page, t('contact.open'));
      await world.closeOut('peer02');
      await world.offDuty('peer02');
    }, JOURNEY_MS);
  });
});
