import { expect, it } from '@jest/globals';
import { describeWith, needs } from '../support/needs.js';
import { BOTH } from './browser.js';
import { expectCount, expectFitsItsWidth, expectGone } from './patience.js';
import { words } from './words.js';
import { World } from './world.js';

describeWith(needs.chromium)('a notice that is tapped late', () => {
  const world = World.forThisFile();

  it.each(BOTH.map((each, index) => ({ ...each, mailbox: `peer0${index + 1}` })))('says that what it asked is over, and nothing while it stands: $size.width px, $language', async ({ size, language, locale, mailbox }) => {
    const t = words(language);
    await world.onDuty(mailbox);
    const { page, faults } = await world.open(mailbox, '/peer#asked', { size, locale });
    const over = page.getByText(t('gone.since'));
    await over.waitFor();
    await page.waitForURL(({ hash }) => hash === '');
    await expectFitsItsWidth(page);
    await page.getByRole('button', { name: t('peer.noticeRead') }).click();
    await expectGone(over);

    const request = await world.take();
    await world.offerTo(mailbox);
    await page.goto(world.url('/peer#asked'));
    await page.getByRole('button', { name: t('peer.accept') }).waitFor();
    await page.waitForURL(({ hash }) => hash === '');
    await expectCount(over, 0);
    expect(faults).toEqual([]);
    await world.cancel(request['id']);
    await world.offDuty(mailbox);
  }, 120_000);
});
