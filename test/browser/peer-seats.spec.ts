import { afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { itemsOf, type JsonObject } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { BOTH, DESK, PHONE, type Window } from './browser.js';
import { eventually, expectCount, expectGone, expectSoon } from './patience.js';
import { like, words } from './words.js';
import { World } from './world.js';

const JOURNEY_MS = 120_000;
/** Runs before the page's own: writes down what it asks of the phone. The phone is the browser's, and not ours. */
const LISTEN = `(() => {
  const asked = window.asked = [];
  const note = (on, name) => {
    const real = on[name];
    on[name] = function (...given) { asked.push([name, ...given].join(' ')); return real.apply(this, given); };
  };
  note(Navigator.prototype, 'vibrate');
  note(WakeLock.prototype, 'request');
  note(AudioContext.prototype, 'createOscillator');
})();`;

describeWith(needs.chromium)('a peer who is not alone with it', () => {
  const [en, es] = [words('en'), words('es')];
  const onDuty: string[] = [];
  const world = World.forThisFile();

  beforeAll(async () => {
    await world.checkSoon(world.programme('Mobile response'));
  }, 120_000);
  afterEach(async () => {
    await world.clearTheBoard();
    for (const mailbox of onDuty.splice(0)) await world.offDuty(mailbox);
  });

  const present = async (mailbox: string, about: object = {}): Promise<void> => {
    onDuty.push(mailbox);
    await world.onDuty(mailbox, about);
  };
  const phone = (mailbox: string, how: Partial<Parameters<World['open']>[2]> = {}): Promise<Window> => world.open(mailbox, '/peer', { size: PHONE, ...how });
  const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { name, exact: true }).waitFor();

  it('sees that they go along as a second peer, or listen to learn, and open nothing that is for the lead', async () => {
    for (const mailbox of ['peer02', 'peer03', 'peer04']) await present(mailbox);
    const request = await world.take({ callback: '+1 541 555 0142', story: 'Cannot sleep.' });
    await world.assign(request, 'peer02');
    await world.assign(request, 'peer03', 'buddy');
    await world.assign(request, 'peer04', 'shadow');
    const [lead, buddy, shadow] = [await phone('peer02'), await phone('peer03'), await phone('peer04', { size: DESK, locale: 'es-MX' })];
    await heading(lead.page, en('peer.howToReach'));
    await lead.page.getByRole('button', { name: en('contact.open') }).waitFor();
    await expectGone(lead.page.getByText(en('seat.buddy')));

    await buddy.page.getByText(en('seat.buddy')).waitFor();
    await shadow.page.getByText(es('seat.shadow')).waitFor();
    await heading(shadow.page, es('peer.howToReach'));
    await expectGone(buddy.page.getByRole('button', { name: en('contact.open') }), shadow.page.getByRole('button', { name: es('contact.open') }));

    // It ends for them when the one who leads closes it.
    await lead.page.getByRole('button', { name: en('peer.talking') }).click();
    await lead.page.getByRole('button', { name: en('peer.done') }).click();
    await lead.page.getByText('We talked and it helped').click();
    await lead.page.getByText(en('intensity.calm'), { exact: true }).click();
    await lead.page.getByRole('button', { name: en('closeOut.send') }).click();
    await heading(lead.page, en('rest.thanks'));
    await heading(buddy.page, en('peer.waiting'));
    await heading(shadow.page, es('peer.waiting'));
    expect([...lead.faults, ...buddy.faults, ...shadow.faults]).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)('is with two people at once and goes from one to the other, without mixing up whose step is next: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    // Whoever has just talked rests.
    const mailbox = size === DESK ? 'peer05' : 'peer07';
    await present(mailbox, { capacity: 2 });
    const [first, second] = [await world.take(), await world.take({ channel: 'text', contactKind: 'text' })];
    const talking = await world.assign(first, mailbox);
    await world.act(mailbox, `assignments/${String(talking['id'])}/contact-made`);
    await world.assign(second, mailbox);
    const { page, faults } = await phone(mailbox, { size, locale });
    const both = page.getByRole('group', { name: t('with.several', { count: 2 }) });
    await expectCount(both.getByRole('radio'), 2);
    // Whoever waits for a first word comes first.
    await heading(page, t('contactKind.text'));
    await both.getByText(`2 · ${t('contactKind.phone')}`).click();
    await heading(page, t('contactKind.phone'));
    await page.getByRole('button', { name: t('peer.done') }).waitFor();
    await both.getByText(`1 · ${t('contactKind.text')}`).click();
    await page.getByRole('button', { name: t('peer.talking') }).click();
    await page.getByRole('button', { name: t('peer.done') }).waitFor();
    expect(itemsOf(await (await world.as(mailbox)).get('/me/assignments')).filter(({ contactMadeAt }) => contactMadeAt !== null)).toHaveLength(2);
    await world.closeOut(mailbox);
    await heading(page, t('peer.waiting'));
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it('is asked again whether they are safe when the first question had no answer, and the desk is told', async () => {
    await present('peer08', { contactKinds: ['in-person'], place: { zip: '97401' } });
    await present('peer20', { contactKinds: ['in-person'], place: { zip: '97401' } });
    const request = await world.take({ programmeId: world.programme('Mobile response'), contactKind: 'in-person', place: { zip: '97401' } });
    const assignment = await world.assign(request, 'peer08');
    await world.assign(request, 'peer20', 'buddy');
    const { page, faults } = await phone('peer08', { locale: 'es-MX' });
    const desk = await world.open('coordinator', '/board', { size: DESK });
    await world.act('peer08', `assignments/${String(assignment['id'])}/en-route`);
    const safety = page.getByRole('region', { name: es('field.title') });
    await safety.getByText(like(es, 'field.next')).waitFor();
    await page.getByText(es('peer.safetyAsked')).waitFor();
    const missed = desk.page.getByRole('region', { name: en('alarm.title') }).getByText(en('alarm.safety-check-missed'));
    await missed.waitFor();
    await safety.getByRole('button', { name: es('field.safe') }).click();
    await expectGone(missed);
    expect([...faults, ...desk.faults]).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)('is asked whether they are still with the person when a contact goes on, and one tap ends the alarm at the desk: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const mailbox = size === DESK ? 'peer11' : 'peer12';
    await present(mailbox);
    const assignment = await world.assign(await world.take({ programmeId: world.programme('Mobile response'), acuity: 2 }), mailbox);
    await world.act(mailbox, `assignments/${String(assignment['id'])}/contact-made`);
    const [{ page, faults }, desk] = [await phone(mailbox, { size, locale }), await world.open('coordinator', '/board', { size: size === DESK ? PHONE : DESK, locale })];
    const question = page.getByRole('region', { name: t('field.stillWithTitle') });
    const unheard = desk.page.getByRole('region', { name: t('alarm.title') }).getByText(t('alarm.contact-unheard'));
    await question.waitFor();
    await unheard.waitFor();
    await question.getByRole('button', { name: t('field.stillWith') }).click();
    await expectGone(question, unheard);
    await world.closeOut(mailbox);
    expect([...faults, ...desk.faults]).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)('is let go by two taps, with a kind word, and somebody else takes it from there: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    await present('peer06');
    const { page, faults } = await phone('peer06', { size, locale });
    for (const [exit, word] of [['hand-back', 'handed-back'], ['beyond-scope', 'beyond-scope'], ['known-person', 'known-person']] as const) {
      const request = await world.take({ requesterKey: `+1 541 555 01${size.width % 100}`, acuity: 2 });
      await page.getByRole('button', { name: t('peer.accept') }).click();
      await page.getByRole('button', { name: t(`leaving.${exit}`), exact: true }).click();
      await page.getByRole('button', { name: t(`leaving.yes.${exit}`) }).click();
      await page.getByText(t(`myEnd.${word}`)).waitFor();
      await eventually(async () => {
        const { body } = await (await world.as('coordinator')).get(`/requests/${String(request['id'])}`);
        const led = body['assignment'] as JsonObject | null;
        return led === null || led['state'] === 'ended' ? body : undefined;
      });
      await world.cancel(request['id']);
    }
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it('hears, feels and sees an offer: the phone sounds, vibrates and stays awake while it stands, and no longer', async () => {
    await present('peer10');
    const { page, context, faults } = await world.open('peer10', '/peer', { size: PHONE });
    await context.addInitScript(LISTEN);
    await page.reload();
    await heading(page, en('peer.waiting'));
    const asked = (): Promise<string[]> => page.evaluate<string[]>('window.asked');
    expect(await asked()).toEqual([]);
    // Browsers let a page be heard only after a tap.
    await page.getByRole('heading', { name: en('peer.waiting') }).tap();
    await world.take({ acuity: 4 });
    await page.getByRole('button', { name: en('peer.accept') }).waitFor();
    await expectSoon(page.locator('html'), asked, expect.arrayContaining(['createOscillator', 'vibrate 300,150,300', 'request screen']));
    await page.getByRole('button', { name: en('peer.decline') }).tap();
    await heading(page, en('peer.waiting'));
    await expectSoon(page.locator('html'), async () => (await asked()).at(-1), 'vibrate 0');
    expect(faults).toEqual([]);
  }, JOURNEY_MS);
});
