import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { JsonObject } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { openWindow } from './browser.js';
import { expectGone } from './patience.js';
import { expectOpenToAll, STATE_MS, VIEWS } from './tour.js';
import { like } from './words.js';
import { CALM, DANGER, World } from './world.js';

const CALLBACK = '+1 541 555 0142';
const KNOWN = '+1 541 555 0188';

describeWith(needs.chromium)('every state of the desk', () => {
  const world = World.forThisFile();

  describe.each(VIEWS)('$name', ({ t, how }) => {
    let page: Page;
    const goTo = async (path: string): Promise<void> => void (await page.goto(world.url(path)));
    const goToRequest = (request: JsonObject): Promise<void> => goTo(`/requests/${String(request['id'])}`);
    const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
    const text = (said: string | RegExp): Promise<void> => page.getByText(said).first().waitFor();
    const menu = async (item: string): Promise<void> => {
      await page.getByRole('button', { name: like(t, 'account.menuOf') }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };

    beforeAll(async () => {
      await world.clearTheBoard();
      ({ page } = await world.open('coordinator', '/board', { ...how, stays: true }));
    }, STATE_MS);
    afterAll(() => world.offDuty('peer02'));

    it('sign-in, refused', async () => {
      const { page: door } = await openWindow(how);
      await door.goto(world.url('/sign-in'));
      await door.getByLabel(t('signIn.email')).fill('coordinator@demo.test');
      await door.getByLabel(t('signIn.password'), { exact: true }).fill('not the password');
      await door.getByRole('button', { name: t('signIn.submit') }).click();
      await door.getByRole('alert').first().waitFor();
      await expectOpenToAll(door);
    }, STATE_MS);

    it('board, empty', async () => {
      await text(t('board.empty'));
      await expectOpenToAll(page);
    }, STATE_MS);

    it('board, with an alarm, one in hand, one led, one planned, one nobody fits, one known already', async () => {
      const inHand = await world.take({ safety: { ...CALM, medicalEmergency: 'yes' } });
      await world.desk(`/escalations/${String((inHand['escalation'] as JsonObject)['id'])}/acknowledge`);
      await world.take({ safety: DANGER });
      await world.onDuty('peer02');
      await world.assign(await world.take({ acuity: 4 }), 'peer02');
      await world.take({ channel: 'planned', notBefore: new Date(Date.now() + 10_800_000).toISOString() });
      await world.take({ language: 'so', safety: {}, acuity: undefined, requesterKey: KNOWN });
      await world.take({ language: 'so', contactKind: 'in-person', place: { zip: '97401' }, requesterKey: KNOWN });
      await page.locator('[data-row]').nth(5).waitFor();
      await page.getByRole('region', { name: t('alarm.title') }).getByRole('button', { name: t('escalation.haveThis') }).first().waitFor();
      await expectOpenToAll(page);
    }, STATE_MS);

    it.each([['e', 'act.escalate'], ['x', 'act.cancel'], ['?', 'keys.title'], ['a', 'assign.title']])('board, after key %s', async (key, title) => {
      await page.keyboard.press('j');
      await page.locator('[data-row]:focus').waitFor();
      await page.keyboard.press(key);
      const dialog = page.getByRole('dialog', { name: like(t, title) });
      await dialog.waitFor();
      await expectGone(dialog.locator('[aria-busy="true"]'));
      await expectOpenToAll(page);
      await page.keyboard.press('Escape');
      await expectGone(page.getByRole('dialog'));
    }, STATE_MS);

    it('board, writing a note for the next shift, and with one that waits', async () => {
      await menu(t('handOver.write'));
      await page.getByLabel(t('handOver.text')).fill('The first caller rings back at six.');
      await expectOpenToAll(page);
      await press(t('handOver.leave'));
      const notes = page.getByRole('region', { name: t('handOver.title') });
      await notes.getByRole('button', { name: t('handOver.read') }).click();
      await notes.getByText('rings back at six').waitFor();
      await expectOpenToAll(page);
    }, STATE_MS);

    it('board, narrowed until nothing fits', async () => {
      await page.keyboard.press('/');
      await page.keyboard.type('zzz');
      await text(like(t, 'filter.none'));
      await expectOpenToAll(page);
    }, STATE_MS);

    it('board, degraded, behind and offline', async () => {
      const real = await page.request.get(world.url('/api/v1/board'));
      const board = await real.json() as object;
      await page.route('**/api/v1/board', (route) => route.fulfill({ json: { ...board, degraded: ['queue', 'overdue'] } }));
      await goTo('/board');
      await text(t('degraded.overdue'));
      await expectOpenToAll(page);
      await page.unroute('**/api/v1/board');
      await page.route('**/api/v1/board', (route) => route.abort());
      await world.take({ language: 'so' });
      await text(like(t, 'state.stale', 'within'));
      await expectOpenToAll(page);
      await page.unroute('**/api/v1/board');
      await page.context().setOffline(true);
      await text(like(t, 'state.offline', 'within'));
      await expectOpenToAll(page);
      await page.context().setOffline(false);
      await expectGone(page.getByText(like(t, 'state.offline', 'within')));
    }, STATE_MS * 2);

    it('the sheet for when systems are down', async () => {
      await goTo('/board/print');
      await page.getByRole('main').getByRole('rowheader').first().waitFor();
      await expectOpenToAll(page);
    }, STATE_MS);

    it('intake, empty, at fault, about to be left', async () => {
      await goTo('/board/new');
      await page.locator('input[name="imminentDanger"]:focus').waitFor();
      await expectOpenToAll(page);
      await page.getByRole('dialog').getByText(t('channel.planned'), { exact: true }).click();
      await page.getByLabel(t('intake.zip')).fill('12');
      await page.keyboard.press('Control+Enter');
      await text(t('fieldFault.not-before'));
      await expectOpenToAll(page);
      await page.keyboard.press('Escape');
      await page.getByRole('alertdialog', { name: t('intake.leave') }).waitFor();
      await expectOpenToAll(page);
      await press(t('intake.discard'));
    }, STATE_MS);

    it('intake, danger answered, and what to say', async () => {
      await goTo('/board/new');
      await page.locator('input[name="imminentDanger"]:focus').waitFor();
      await page.keyboard.press('y');
      await page.getByRole('button', { name: t('intake.dangerSend') }).waitFor();
      await expectOpenToAll(page);
      await page.keyboard.press('Control+Enter');
      await page.getByRole('dialog').getByText(t('intake.escalated')).waitFor();
      await expectOpenToAll(page);
    }, STATE_MS);

    it('intake, known already', async () => {
      await goTo('/board/new');
      await page.locator('input[name="imminentDanger"]:focus').waitFor();
      await page.getByLabel(t('contact.callback')).fill(KNOWN);
      await page.keyboard.press('Control+Enter');
      await page.getByRole('alert').getByRole('link', { name: t('request.duplicate') }).waitFor();
      await expectOpenToAll(page);
    }, STATE_MS);

    it('request, before triage', async () => {
      await goToRequest(await world.take({ acuity: undefined, safety: {} }));
      await page.getByRole('button', { name: t('request.saveTriage') }).waitFor();
      await expectOpenToAll(page);
    }, STATE_MS);

    it('request, searching: why nobody, contact open, then assigning against a wish', async () => {
      await goToRequest(await world.take({ language: 'so', safety: { ...CALM, violence: 'unknown', minor: 'yes' }, preferences: [{ kind: 'gender', value: 'woman', strength: 'must' }], callback: CALLBACK, story: 'Cannot sleep.' }));
      await page.getByRole('region', { name: t('match.whyNobody') }).getByText(t('match.none')).waitFor();
      await press(t('contact.open'));
      await page.getByRole('link', { name: CALLBACK }).waitFor();
      await expectOpenToAll(page);
      await page.keyboard.press('a');
      const dialog = page.getByRole('dialog', { name: t('assign.title') });
      await dialog.getByRole('combobox').fill('a');
      await dialog.getByRole('option').first().waitFor();
      await dialog.getByRole('button', { name: t('agreed.by-phone') }).waitFor();
      await expectOpenToAll(page);
    }, STATE_MS);

    it('request, escalated, and cancelling it, and cancelled', async () => {
      const request = await world.take({ safety: DANGER });
      await goToRequest(request);
      await page.getByRole('button', { name: t('escalation.haveThis') }).click();
      await page.getByRole('button', { name: t('escalation.confirm') }).click();
      await expectOpenToAll(page);
      await page.keyboard.press('x');
      await page.getByRole('dialog', { name: t('request.cancelTitle') }).waitFor();
      await expectOpenToAll(page);
      await page.keyboard.press('Escape');
      await world.cancel(request['id']);
      await text(t('request.cancelled'));
      await expectOpenToAll(page);
    }, STATE_MS);

    it('request, led by one, with a second peer beside them and another who listens', async () => {
      const request = await world.take({ requesterKey: CALLBACK, acuity: 2 });
      const mailboxes = ['peer03', 'peer04', 'peer05'] as const;
      const seats = ['lead', 'buddy', 'shadow'] as const;
      for (const [index, mailbox] of mailboxes.entries()) {
        await world.onDuty(mailbox);
        await world.assign(request, mailbox, seats[index]);
      }
      await goToRequest(request);
      await text(t('seatName.shadow'));
      await page.getByRole('button', { name: like(t, 'exclude.openName') }).first().click();
      await page.getByRole('dialog', { name: like(t, 'exclude.title') }).waitFor();
      await expectOpenToAll(page);
      await world.cancel(request['id']);
      for (const mailbox of mailboxes) await world.offDuty(mailbox);
    }, STATE_MS);

    it('no such request, not your page, no such page', async () => {
      await goTo('/requests/01950000-0000-7000-8000-000000000000');
      await text(t('deskProblem.status-404'));
      await expectOpenToAll(page);
      await goTo('/admin/policies');
      await text(t('page.forbidden'));
      await expectOpenToAll(page);
      await goTo('/nowhere');
      await text(t('page.notFound'));
      await expectOpenToAll(page);
    }, STATE_MS);

    it('supervisor, quiet, with somebody to take, confirming, asked for advice, checking in', async () => {
      await world.clearTheBoard();
      const { page: night } = await world.open('supervisor', '/supervisor', how);
      await night.getByText(t('supervise.quiet')).waitFor();
      await expectOpenToAll(night);
      await world.take({ safety: DANGER });
      await night.getByRole('button', { name: t('escalation.haveThis') }).waitFor();
      await expectOpenToAll(night);
      await night.getByRole('button', { name: t('escalation.haveThis') }).click();
      await night.getByRole('button', { name: t('escalation.confirm') }).click();
      await night.getByRole('button', { name: t('supervise.duty.checkIn') }).click();
      await world.onDuty('peer06');
      const { id } = await world.assign(await world.take(), 'peer06');
      await world.act('peer06', `assignments/${String(id)}/consult`);
      await night.getByRole('button', { name: t('supervise.consult.take') }).waitFor();
      await expectOpenToAll(night);
      await world.clearTheBoard();
      await world.offDuty('peer06');
    }, STATE_MS);

    it('planner, whose pages are to come', async () => {
      const { page: plans } = await world.open('planner', '/', how);
      await plans.getByText(t('roleHome.planner')).waitFor();
      await expectOpenToAll(plans);
    }, STATE_MS);
  });
});
