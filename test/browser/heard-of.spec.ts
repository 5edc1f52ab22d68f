import { beforeAll, expect, it } from '@jest/globals';
import { itemsOf } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { BOTH, DESK } from './browser.js';
import { expectGone } from './patience.js';
import { words } from './words.js';
import { World } from './world.js';

describeWith(needs.chromium)('a peer whom nothing is heard of', () => {
  const world = World.forThisFile();
  beforeAll(async () => {
    await world.checkSoon(world.programme('Mobile response'));
  }, 120_000);

  it.each(BOTH)('is no alarm any more once the desk says that they were reached another way, and stays with the person: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const mailbox = size === DESK ? 'peer11' : 'peer12';
    await world.onDuty(mailbox);
    const request = await world.take({ programmeId: world.programme('Mobile response'), acuity: 2 });
    const { id } = await world.assign(request, mailbox);
    await world.act(mailbox, `assignments/${String(id)}/contact-made`);
    const { page, faults } = await world.open('coordinator', '/board', { size, locale });
    const alarms = page.getByRole('region', { name: t('alarm.title') });
    const heard = alarms.getByRole('button', { name: t('alarm.heardOf') });
    await alarms.getByText(t('alarm.contact-unheard')).waitFor();
    // Who has an alarm of this kind goes on to look for the peer: the way to say so stays.
    await alarms.getByRole('button', { name: t('escalation.haveThis') }).click();
    await alarms.getByText(t('alarm.takenBy', { name: 'Alex (demo)' })).waitFor();
    await heard.click();
    await expectGone(heard, alarms);
    expect(itemsOf(await (await world.as(mailbox)).get('/me/assignments'))).toMatchObject([{ id, endedAt: null }]);
    await world.closeOut(mailbox);
    expect(faults).toEqual([]);
  }, 120_000);
});
