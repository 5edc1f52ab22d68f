import { beforeAll, describe, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { JsonObject } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { expectCount, expectFitsItsWidth, expectSoon } from './patience.js';
import { expectOpenToAll, STATE_MS, VIEWS } from './tour.js';
import { words } from './words.js';
import { DANGER, World } from './world.js';

/** A tablet, and a desk's window at 200 %, which leaves half of its pixels. */
const WINDOWS = [
  { name: 'at 768 px, in Spanish', size: { width: 768, height: 1024 }, locale: 'es-MX' },
  { name: 'at 200 %', size: { width: 720, height: 450 }, locale: 'en-US' },
] as const;
const ROWS = 300;
const OPEN = 412;

/** Runs in the page: what cannot be pressed, wherever it is scrolled to, because something else lies over its middle. */
const COVERED = `[...(document.querySelector('[role="dialog"]') ?? document).querySelectorAll('a[href], button, input:not([type="radio"]), select, textarea, label')].flatMap((each) => {
  if (!each.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || each.closest('.pd-hidden, .pd-skip')) return [];
  each.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  const { left, top, width, height } = each.getBoundingClientRect();
  if (width < 2 || height < 2) return [];
  const over = document.elementFromPoint(left + width / 2, top + height / 2);
  return over && (each.contains(over) || over.contains(each) || each.labels && [...each.labels].some((label) => label.contains(over))) ? [] : [each.outerHTML.slice(0, 160)];
})`;

/** Runs in the page: how far an open list is outside the window, and what it covers of the field it belongs to and its name. */
const HIDDEN_BY_LISTS = `[...document.querySelectorAll('[role="listbox"]')].filter((list) => list.checkVisibility()).flatMap((list) => {
  const over = list.closest('[data-position]').getBoundingClientRect();
  const field = document.querySelector('[aria-controls="' + list.id + '"]');
  const covered = [field, ...field.labels].filter((each) => { const { top, bottom } = each.getBoundingClientRect(); return top < over.bottom && over.top < bottom; });
  return [...covered.map((each) => each.outerHTML.slice(0, 120)), ...(over.top < 0 || over.bottom > innerHeight ? ['from ' + over.top + ' to ' + over.bottom] : [])];
})`;

describeWith(needs.chromium)('whatever the window', () => {
  const world = World.forThisFile();
  let requestId: string;
  beforeAll(async () => {
    requestId = String((await world.take({ safety: DANGER }))['id']);
    await world.take({ language: 'so', safety: {}, acuity: undefined });
    await world.onDuty('peer02');
    await world.assign(await world.take({ acuity: 4 }), 'peer02');
    await world.onDuty('peer03');
  }, 120_000);

  describe.each(WINDOWS)('$name', ({ size, locale }) => {
    it.each([['coordinator', '/board'], ['coordinator', '/board/new'], ['coordinator', '/requests/'], ['supervisor', '/supervisor'], ['peer04', '/peer'], ['peer03', '/peer'], ['peer02', '/peer']])('%s at %s scrolls one way only, and nothing is covered', async (mailbox, path) => {
      const { page } = await world.open(mailbox, path.endsWith('/requests/') ? path + requestId : path, { size, locale });
      await page.getByRole('main').getByRole('button').first().waitFor();
      await expectFitsItsWidth(page);
      await expectSoon(page.locator('html'), () => page.evaluate<string[]>(COVERED), []);
    }, STATE_MS);
  });

  // At 760 px not the whole list has room below its field; at 650 px a line or two.
  it.each([[760, 'en'], [760, 'es'], [650, 'en'], [650, 'es']] as const)('a list opens where it has room, and leaves the name of its field in sight: %d px high, %s', async (height, language) => {
    const t = words(language);
    const { page } = await world.open('coordinator', '/board/new', { size: { width: 1440, height }, locale: language });
    const form = page.getByRole('dialog');
    for (const label of ['intake.language', 'request.area', 'intake.needs']) {
      await form.getByRole('combobox', { name: t(label) }).click();
      const list = page.getByRole('listbox');
      await list.getByRole('option').nth(1).waitFor();
      await expectSoon(list, () => page.evaluate<string[]>(HIDDEN_BY_LISTS), []);
      await page.keyboard.press('Escape');
      await list.waitFor({ state: 'hidden' });
    }
  }, STATE_MS);

  it.each(VIEWS)('a board that is full says how much more is open, and shows it when asked: $name', async ({ how, t }) => {
    const { page } = await world.open('coordinator', '/board', how);
    const real = await (await page.request.get(world.url('/api/v1/board'))).json() as JsonObject & { requests: readonly JsonObject[] };
    await full(page, real);
    await page.reload();
    await page.getByText(t('board.more', { shown: ROWS, total: OPEN })).waitFor();
    await expectOpenToAll(page);
    await page.getByRole('button', { name: t('board.showMore', { count: OPEN - ROWS }) }).click();
    await expectCount(page.locator('[data-row]'), OPEN);
    await expectCount(page.getByText(t('board.more', { shown: OPEN, total: OPEN })), 0);
  }, STATE_MS * 2);

  async function full(page: Page, real: { readonly requests: readonly JsonObject[] }): Promise<void> {
    const row = real.requests.find(({ state }) => state === 'received' || state === 'searching') ?? real.requests[0] ?? {};
    const many = Array.from({ length: OPEN }, (_, index): JsonObject => ({ ...row, id: `0190a000-0000-7000-8000-${String(index).padStart(12, '0')}`, number: index + 1, effectiveUrgency: (index % 4) + 1 }));
    await page.route(/\/api\/v1\/board(\?limit=\d+)?$/, (route) => {
      const limit = Number(new URL(route.request().url()).searchParams.get('limit') ?? ROWS);
      return route.fulfill({ json: { ...real, requests: many.slice(0, limit), openTotal: OPEN } });
    });
  }
});
