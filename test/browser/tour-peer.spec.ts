import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeWith, needs } from '../support/needs.js';
import { expectGone } from './patience.js';
import { expectOpenToAll, STATE_MS, VIEWS } from './tour.js';
import { like } from './words.js';
import { World } from './world.js';

const CALLBACK = '+1 541 555 0142';

/** One peer after another, each on one page that is never left: what a night brings, in its order. */
describeWith(needs.chromium)('every state of a peer’s page', () => {
  const world = World.forThisFile();

  describe.each(VIEWS.map((view, index) => ({ ...view, mailbox: ['peer02', 'peer05'][index] ?? '' })))('$name', ({ t, how, mailbox }) => {
    let page: Page;
    const tap = (key: string): Promise<void> => page.getByRole('button', { name: t(key), exact: true }).click();
    const heading = (key: string): Promise<void> => page.getByRole('heading', { name: like(t, key) }).waitFor();
    const text = (key: string): Promise<void> => page.getByText(like(t, key, 'within')).first().waitFor();
    const open = async (path: string): Promise<void> => void (await page.goto(world.url(path)));
    /** As if the server had said so. */
    const said = async (path: string, change: (answer: object) => object): Promise<void> => {
      const answer = await (await page.request.get(world.url(`/api/v1${path}`))).json() as object;
      await page.route(`**/api/v1${path}`, (route) => route.fulfill({ json: change(answer) }));
    };

    beforeAll(async () => {
      ({ page } = await world.open(mailbox, '/peer', { ...how, stays: true }));
    }, STATE_MS);
    afterAll(() => world.offDuty(mailbox));

    it('off duty', async () => {
      await page.getByRole('button', { name: t('peer.checkIn') }).waitFor();
      await expectOpenToAll(page);
    }, STATE_MS);

    it('checking in otherwise than usual, without a place for meeting in person', async () => {
      await tap('peer.change');
      await tap('contactKind.in-person');
      await page.getByLabel(t('peer.zip')).fill('974');
      await page.getByText(t('dutyLimits.title')).click();
      await page.getByText(t('limits.buddyOnly')).waitFor();
      await expectOpenToAll(page);
      await tap('contactKind.in-person');
      await tap('peer.changeDone');
    }, STATE_MS);

    it('on duty', async () => {
      await tap('peer.checkIn');
      await heading('peer.waiting');
      await expectOpenToAll(page);
    }, STATE_MS);

    it('with the account’s menu open', async () => {
      await page.getByRole('button', { name: like(t, 'account.menuOf') }).click();
      await page.getByRole('menuitem', { name: t('account.signOut') }).waitFor();
      await expectOpenToAll(page);
      await page.keyboard.press('Escape');
      await expectGone(page.getByRole('menu'));
    }, STATE_MS);

    it('without a network', async () => {
      await page.context().setOffline(true);
      await text('peer.offline');
      // Whatever is found, the states after this one have a network.
      await expectOpenToAll(page).finally(() => page.context().setOffline(false));
      await expectGone(page.getByText(t('peer.offline')));
    }, STATE_MS);

    it('asked, and perhaps knowing them', async () => {
      await world.take({ acuity: 4, callback: CALLBACK, story: 'Cannot sleep.', requesterKey: CALLBACK, needs: { experience: ['loss'] } });
      await page.getByRole('button', { name: t('peer.accept') }).waitFor();
      await expectOpenToAll(page);
      await tap('peer.mayKnow');
      await page.getByRole('button', { name: t('peer.mayKnowYes') }).waitFor();
      await expectOpenToAll(page);
      await tap('common.back');
    }, STATE_MS);

    it('with somebody, contact details open', async () => {
      await tap('peer.accept');
      await heading('peer.howToReach');
      await tap('contact.open');
      await page.getByRole('link', { name: CALLBACK }).waitFor();
      await expectOpenToAll(page);
      await tap('contact.close');
    }, STATE_MS);

    it.each(['hand-back', 'known-person', 'beyond-scope'])('about to leave: %s', async (exit) => {
      await tap(`leaving.${exit}`);
      await page.getByRole('button', { name: t(`leaving.yes.${exit}`) }).waitFor();
      await expectOpenToAll(page);
      await tap('common.back');
    }, STATE_MS);

    it('talking, with a question to a supervisor, then handing over', async () => {
      await tap('peer.talking');
      await text('peer.talkingSince');
      await tap('advice.ask');
      await text('advice.asked');
      await expectOpenToAll(page);
      await tap('leaving.must-go');
      await text('with.handingOver');
      await expectOpenToAll(page);
    }, STATE_MS);

    it('closing out, with two taps missing, then with where they were sent', async () => {
      await tap('peer.done');
      await text('closeOut.missing');
      await expectOpenToAll(page);
      const catalogue = (await world.as(mailbox)).get('/catalogue/entries');
      const { items } = (await catalogue).body as unknown as { items: { kind: string; code: string; label: Record<string, string> }[] };
      const referred = items.find(({ kind, code }) => kind === 'outcomes' && code === 'referred')?.label ?? {};
      await page.getByText(referred[how.locale.slice(0, 2)] ?? '', { exact: true }).click();
      await page.getByText(t('closeOut.referrals')).waitFor();
      await page.getByText(t('intensity.calm'), { exact: true }).click();
      await page.getByRole('group', { name: t('closeOut.followUp') }).getByText(t('answer.yes'), { exact: true }).click();
      await expectOpenToAll(page);
    }, STATE_MS);

    it('resting', async () => {
      await tap('closeOut.send');
      await heading('rest.thanks');
      await expectOpenToAll(page);
      await tap('rest.ready');
    }, STATE_MS);

    it('asked whether they are still there', async () => {
      await said('/me/duty', (duty) => {
        const { peer } = duty as { peer: object };
        return { ...duty, peer: { ...peer, stillHereAskedAt: new Date().toISOString() } };
      });
      await open('/peer');
      await heading('peer.stillThere');
      await expectOpenToAll(page);
      await page.unroute('**/api/v1/me/duty');
    }, STATE_MS);

    it('away', async () => {
      await open('/peer');
      await tap('away.pause');
      await heading('away.isAway');
      await expectOpenToAll(page);
    }, STATE_MS);

    it('what they have done, and whom they call again', async () => {
      await open('/peer/work');
      await text('work.try');
      await expectOpenToAll(page);
    }, STATE_MS);

    it('away, planned into the past', async () => {
      await open('/peer/away');
      await page.getByLabel(t('span.until')).fill('2020-01-01T10:00');
      await text('span.until-past');
      await expectOpenToAll(page);
    }, STATE_MS);

    it('their limits, set, and at fault', async () => {
      await open('/peer/limits');
      await page.getByRole('button', { name: t('contactKind.text'), exact: true }).click();
      await tap('limits.save');
      await text('limits.saved');
      // The form begins anew with what was kept.
      await page.getByRole('button', { name: t('limits.lift') }).waitFor();
      await page.getByLabel(t('limits.hours')).fill('90');
      await text('limits.hoursFault');
      await expectOpenToAll(page);
      await tap('limits.lift');
    }, STATE_MS);

    it.each([['/peer/more', 'doors.title'], ['/peer/settings', 'peerSettings.title'], ['/account', 'myAccount.sessions']])('%s', async (path, title) => {
      await open(path);
      await heading(title);
      await expectOpenToAll(page);
    }, STATE_MS);

    it('when the server fails', async () => {
      await page.route('**/api/v1/me/assignments', (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ code: 'internal', status: 500, title: 'Internal' }) }));
      await open('/peer');
      await page.getByRole('main').getByRole('alert').waitFor();
      await expectOpenToAll(page);
      await page.unroute('**/api/v1/me/assignments');
    }, STATE_MS);
  });
});
