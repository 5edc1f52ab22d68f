import { expect, it } from '@jest/globals';
import { itemsOf } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { BOTH } from './browser.js';
import { words } from './words.js';
import { World } from './world.js';

describeWith(needs.chromium)('the wish for the same peer', () => {
  const world = World.forThisFile();

  it.each(BOTH)('finds whoever is typed among all there are, though no list holds them: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const [peer] = itemsOf(await (await world.as('coordinator')).get('/peers')).toReversed();
    const name = String(peer?.['name']);
    const { page, faults } = await world.open('coordinator', '/board', { size, locale });
    // As with more peers than any list holds: who is not looked for by name is in none.
    await page.route((url) => url.pathname === '/api/v1/peers' && !url.searchParams.get('search'), (route) => route.fulfill({ json: { items: [], nextCursor: null } }));
    await page.goto(world.url('/board/new'));
    await page.locator('input[name="imminentDanger"]:focus').waitFor();
    await page.keyboard.type('nnnn');
    const field = page.getByRole('combobox', { name: t('intake.samePeer') });
    await field.fill(name.slice(0, 4).toUpperCase());
    await page.getByRole('option', { name, exact: true }).click();
    await field.and(page.locator(`[value="${name}"]`)).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(t('intake.taken')).waitFor();
    const [request] = itemsOf(await (await world.as('coordinator')).get('/requests?limit=1'));
    expect(request?.['preferences']).toEqual([{ kind: 'same-peer', value: peer?.['id'], strength: 'would-like' }]);
    await page.goto(world.url(`/requests/${String(request?.['id'])}`));
    await page.getByText(`${name} (${t('strength.would-like')})`).waitFor();
    expect(faults).toEqual([]);
    await world.cancel(request?.['id']);
  }, 120_000);
});
