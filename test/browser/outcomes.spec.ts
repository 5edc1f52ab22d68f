import { beforeAll, expect, it } from '@jest/globals';
import { itemsOf } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { BOTH } from './browser.js';
import { expectCount, expectFitsItsWidth, expectSoon } from './patience.js';
import { words } from './words.js';
import { World } from './world.js';

const SIXTH = { en: 'Went with them to a shelter', es: 'Se acompañó a un refugio' } as const;

/** Of a small phone, the bars of its browser taken off. */
const LOW_PX = 667;

describeWith(needs.chromium)('closing out', () => {
  const world = World.forThisFile();
  beforeAll(async () => {
    const added = await (await world.as('admin')).post('/catalogue/entries', { kind: 'outcomes', code: 'went-along', label: SIXTH });
    expect(added.status).toBe(201);
  }, 120_000);

  it.each(BOTH.map((each, index) => ({ ...each, mailbox: `peer0${index + 1}` })))('offers every outcome of the catalogue, the sixth as well, no wider than the screen, and what is needed without scrolling: $size.width px, $language', async ({ size, language, locale, mailbox }) => {
    const t = words(language);
    await world.onDuty(mailbox);
    const request = await world.take();
    const { id } = await world.assign(request, mailbox);
    await world.act(mailbox, `assignments/${String(id)}/contact-made`);
    const { page, faults } = await world.open(mailbox, '/peer', { size, locale });
    await page.getByRole('button', { name: t('peer.done'), exact: true }).click();
    await page.setViewportSize({ width: size.width, height: LOW_PX });
    const outcomes = page.getByRole('group', { name: t('closeOut.outcome') });
    await outcomes.getByText(SIXTH[language], { exact: true }).click();
    await expectCount(outcomes.getByRole('radio'), 6);
    await expectFitsItsWidth(page);
    await page.getByText(t('intensity.calm'), { exact: true }).click();
    // A window scrolls to what it is to tap: both needed taps were in sight, and so is the button they were for.
    await expectSoon(page.locator('html'), (html) => html.evaluate((root) => (root as unknown as { readonly scrollTop: number }).scrollTop), 0);
    await page.getByRole('button', { name: t('closeOut.send') }).click();
    await page.getByRole('heading', { name: t('rest.thanks') }).waitFor();
    expect(itemsOf(await (await world.as(mailbox)).get('/me/outcomes'))[0]).toMatchObject({ requestOutcome: 'went-along' });
    expect(faults).toEqual([]);
    await world.offDuty(mailbox);
  }, 120_000);
});
