import { beforeEach, expect, it } from '@jest/globals';
import { describeWith, needs } from '../support/needs.js';
import { BOTH } from './browser.js';
import { expectCount } from './patience.js';
import { words } from './words.js';
import { DANGER, World } from './world.js';

const JOURNEY_MS = 120_000;
const STORY = 'Waits beside the river.';

describeWith(needs.chromium)('what is out of sight', () => {
  const world = World.forThisFile();
  beforeEach(() => world.clearTheBoard());

  it.each(BOTH)('is every sealed text on paper, while it stands open on the screen: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { id } = await world.take({ story: STORY });
    const { page, faults } = await world.open('coordinator', `/requests/${String(id)}`, { size, locale });
    await page.getByRole('button', { name: t('contact.open') }).click();
    const story = page.getByText(STORY);
    await story.waitFor();
    await page.emulateMedia({ media: 'print' });
    await story.waitFor({ state: 'hidden' });
    await page.emulateMedia({ media: 'screen' });
    await story.waitFor();
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)('is the fourth alarm, one tap away and counted: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    for (let taken = 0; taken < 5; taken += 1) await world.take({ safety: DANGER });
    const { page, faults } = await world.open('coordinator', '/board', { size, locale });
    const alarms = page.getByRole('region', { name: t('alarm.title') });
    const take = alarms.getByRole('button', { name: t('escalation.haveThis') });
    const all = alarms.getByRole('button', { name: t('alarm.showAll', { count: 5 }) });
    await all.waitFor();
    await expectCount(take, 3);
    await all.click();
    await expectCount(take, 5);
    await alarms.getByRole('button', { name: t('alarm.showFewer') }).click();
    await expectCount(take, 3);
    expect(faults).toEqual([]);
  }, JOURNEY_MS);
});
