import { afterEach, expect, it } from '@jest/globals';
import { itemsOf } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { seriousFaults } from './axe.js';
import { BOTH, DESK } from './browser.js';
import { expectFitsItsWidth, expectGone } from './patience.js';
import { words } from './words.js';
import { World } from './world.js';

const JOURNEY_MS = 120_000;

describeWith(needs.chromium)('a peer who gave a contact on', () => {
  const onDuty: string[] = [];
  const world = World.forThisFile();

  afterEach(async () => {
    await world.clearTheBoard();
    for (const mailbox of onDuty.splice(0)) await world.offDuty(mailbox);
  });

  const present = async (mailbox: string): Promise<void> => {
    onDuty.push(mailbox);
    await world.onDuty(mailbox);
  };

  it.each(BOTH)('is asked afterwards how it was for them, by one tap or none: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    // Whoever has just talked rests.
    const [leaves, skips, takesOver, next] = size === DESK ? ['peer02', 'peer03', 'peer04', 'peer05'] : ['peer06', 'peer07', 'peer08', 'peer09'];
    for (const [mailbox, relief, way] of [[leaves, takesOver, 'said'], [skips, next, 'skipped']] as const) {
      await present(mailbox as string);
      const request = await world.take();
      const { id } = await world.assign(request, mailbox as string);
      await world.act(mailbox as string, `assignments/${String(id)}/contact-made`);
      const { page, faults } = await world.open(mailbox as string, '/peer', { size, locale });
      const asked = page.getByRole('region', { name: t('howItWas.title') });
      await page.getByRole('button', { name: t('leaving.must-go'), exact: true }).click();
      await page.getByRole('button', { name: t('leaving.yes.must-go'), exact: true }).click();
      await page.getByText(t('with.handingOver')).waitFor();
      await expectGone(asked);
      await present(relief as string);
      await world.assign(request, relief as string);
      await asked.waitFor();
      await expectFitsItsWidth(page);
      expect(await seriousFaults(page, 'how it was')).toEqual([]);
      await asked.getByRole('button', { name: t(way === 'said' ? 'intensity.hard' : 'howItWas.skip'), exact: true }).click();
      await expectGone(asked);
      const past = itemsOf(await (await world.as(mailbox as string)).get('/me/outcomes')).find(({ assignmentId }) => assignmentId === id);
      expect(past?.['howItWasAsked']).toBe(way === 'skipped');
      expect(faults).toEqual([]);
    }
  }, JOURNEY_MS);

  it.each(BOTH)('stays for whom the desk reads of: another peer, and nobody of the peers once it is beyond them: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const mailbox = size === DESK ? 'peer10' : 'peer11';
    await present(mailbox);
    const request = await world.take();
    const assignment = `assignments/${String((await world.assign(request, mailbox))['id'])}`;
    await world.act(mailbox, `${assignment}/contact-made`);
    await world.act(mailbox, `${assignment}/hand-back`);
    const { page, faults } = await world.open('coordinator', `/requests/${String(request['id'])}`, { size, locale });
    const untilAccepted = page.getByText(t('request.handingOver'), { exact: true });
    await untilAccepted.waitFor();
    await world.act(mailbox, `${assignment}/beyond-scope`);
    await page.getByText(t('request.handingOverToHelp'), { exact: true }).waitFor();
    await expectGone(untilAccepted);
    await expectFitsItsWidth(page);
    await world.closeOut(mailbox);
    expect(faults).toEqual([]);
  }, JOURNEY_MS);
});
