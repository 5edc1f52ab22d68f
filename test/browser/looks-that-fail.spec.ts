import { beforeAll, it } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import { describeWith, needs } from '../support/needs.js';
import { BOTH, DESK, PHONE } from './browser.js';
import { expectGone, troubleOnComingBack, troubleUntilTapped } from './patience.js';
import { like, words } from './words.js';
import { DANGER, World } from './world.js';

/** Longer than a page waits for one answer (20 s), shorter than for three of them. */
const DEADLINE_MS = 40_000;
const TROUBLES = {
  'fails (500)': (route: Route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{}' }),
  'never comes': () => new Promise<void>(() => undefined),
} as const;
type Trouble = keyof typeof TROUBLES;

describeWith(needs.chromium)('an answer that', () => {
  const world = World.forThisFile();
  let requestId: string;
  beforeAll(async () => {
    requestId = String((await world.take())['id']);
    await world.take({ safety: DANGER });
  }, 120_000);

  const places = {
    board: { who: 'coordinator', path: () => '/board', api: '**/api/v1/board', shows: (page: Page) => page.locator(`[data-row="${requestId}"]`) },
    request: { who: 'coordinator', path: () => `/requests/${requestId}`, api: /\/api\/v1\/requests\/[0-9a-f-]{36}$/, shows: (page: Page) => page.getByRole('main').getByRole('heading', { level: 1 }) },
    supervisor: { who: 'supervisor', path: () => '/supervisor', api: '**/api/v1/me/pages', shows: (page: Page) => page.getByRole('article').first() },
  } as const;

  it.each([
    ['fails (500)', 'board', 'en'], ['never comes', 'board', 'es'], ['fails (500)', 'request', 'es'], ['never comes', 'request', 'en'], ['fails (500)', 'supervisor', 'en'], ['never comes', 'supervisor', 'es'],
  ] as const)('%s is told in time, while what was known stays, marked with its time: %s, %s', async (trouble: Trouble, place, language) => {
    const t = words(language);
    const { who, path, api, shows } = places[place];
    const { page } = await world.open(who, path(), { size: language === 'en' ? DESK : PHONE, locale: language });
    await shows(page).waitFor();
    await troubleOnComingBack(page, api, t('page.retry'), TROUBLES[trouble]);
    const stale = page.getByText(like(t, 'state.stale', 'within'));
    await stale.waitFor({ timeout: DEADLINE_MS });
    await shows(page).waitFor();
    await page.getByRole('button', { name: t('page.retry') }).first().click();
    await expectGone(stale);
    await shows(page).waitFor();
  }, 120_000);

  it.each(BOTH)('fails (500) while a contact is closed out says so instead of asking for taps that are not there: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const mailbox = size === DESK ? 'peer02' : 'peer03';
    await world.onDuty(mailbox);
    const { id } = await world.assign(await world.take(), mailbox);
    await world.act(mailbox, `assignments/${String(id)}/contact-made`);
    const { page } = await world.open(mailbox, '/account', { size, locale });
    await troubleUntilTapped(page, '**/api/v1/catalogue/entries', t('page.retry'), TROUBLES['fails (500)']);
    await page.goto(world.url('/peer'));
    await page.getByRole('button', { name: t('peer.done'), exact: true }).click();
    const again = page.getByRole('button', { name: t('page.retry') });
    await again.waitFor();
    await expectGone(page.getByText(t('closeOut.missing')));
    await again.click();
    await page.getByRole('group', { name: t('closeOut.outcome') }).getByRole('radio').first().waitFor({ state: 'attached' });
    await world.closeOut(mailbox);
    await world.offDuty(mailbox);
  }, 120_000);
});
