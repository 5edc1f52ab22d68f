import { beforeEach, expect, it } from '@jest/globals';
import type { JsonObject } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { BOTH } from './browser.js';
import { expectCount, expectSoon, textOf } from './patience.js';
import { words } from './words.js';
import { World } from './world.js';

const JOURNEY_MS = 120_000;
const MANY = 301;
/** Run in the page. */
const COLOURS_OF_MAIN = '(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.querySelector("main")))';

describeWith(needs.chromium)('the sheet for when systems are down', () => {
  const world = World.forThisFile();
  beforeEach(() => world.clearTheBoard());

  it.each(BOTH)('prints who is there, how they are reached without it and each request by its number, black on white, and nothing sealed: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const callback = '+1 541 555 0177';
    await world.onDuty('peer07');
    const { number } = await world.take({ callback, story: 'Waits beside the river.', safety: { imminentDanger: 'yes' } });
    const { page, faults } = await world.open('supervisor', '/board/print', { size, locale, scheme: 'dark' });
    const sheet = page.getByRole('main');
    await sheet.getByRole('rowheader', { name: `#${String(number)}` }).waitFor();
    await sheet.getByText(language === 'en' ? 'Call through the programme line' : 'Llame por la línea del programa').first().waitFor();
    await sheet.getByText(`${t('demo.badge')}: ${t('demo.help')}`).waitFor();
    // Nothing of it is a way to reach anybody once the server is gone: whoever is there stands with their name and their times.
    await expectSoon(sheet.getByRole('table').first().getByRole('columnheader'), (heads) => heads.allInnerTexts(), [t('print.name'), t('print.until'), t('print.takes'), t('print.now')]);
    const text = await textOf(sheet);
    expect([callback, 'river'].filter((sealed) => text.includes(sealed))).toEqual([]);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.getByRole('button', { name: t('print.print') }).waitFor({ state: 'hidden' });
    await expectSoon(sheet, () => page.evaluate(COLOURS_OF_MAIN), ['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    await world.offDuty('peer07');
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)(`holds ${MANY} requests, and says how many are missing where the board’s own are all there is: $size.width px, $language`, async ({ size, language, locale }) => {
    const t = words(language);
    await world.take();
    const { page } = await world.open('coordinator', '/board', { size, locale });
    const real = (await (await world.as('coordinator')).get('/board')).body;
    const [row = {}] = real['requests'] as readonly JsonObject[];
    const requests = Array.from({ length: MANY }, (_, index): JsonObject => ({ ...row, id: `0190a000-0000-7000-8000-${String(index).padStart(12, '0')}`, number: index + 1 }));
    await page.route('**/api/v1/board?limit=1000', (route) => route.fulfill({ json: { ...real, requests, openTotal: MANY } }));
    await page.goto(world.url('/board/print'));
    const rows = page.getByRole('main').getByRole('rowheader', { name: /^#\d+$/ });
    await expectCount(rows, MANY);
    const missing = page.getByText(t('print.more', { shown: MANY - 1, total: MANY }));
    await expectCount(missing, 0);

    await page.route('**/api/v1/board?limit=1000', (route) => route.abort());
    await page.route('**/api/v1/board', (route) => route.fulfill({ json: { ...real, requests: requests.slice(1), openTotal: MANY } }));
    await page.goto(world.url('/board/print'));
    await missing.waitFor();
    await expectCount(rows, MANY - 1);
  }, JOURNEY_MS);
});
