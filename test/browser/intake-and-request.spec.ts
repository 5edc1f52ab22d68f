import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeWith, needs } from '../support/needs.js';
import { BOTH, DESK, PHONE, type Window } from './browser.js';
import { CALM, Desk, sundayOf, type Taken } from './desk.js';
import { expectFitsItsWidth, expectGone, expectPath, expectSoon } from './patience.js';
import { like, words, type Language } from './words.js';

const JOURNEY_MS = 120_000;
/** What a coordinator who knows the form needs for a typical request, the telephone number included. */
const TYPICAL_KEYS = 36;
const CALLBACK = '+1 541 555 0177';
const STORY = 'Cannot sleep since the funeral.';

describeWith(needs.chromium)('intake and the page of a request', () => {
  let office: Desk;
  let desk: Window;
  const take = (about: object = {}): Promise<Taken> => office.take(desk.page, about);
  const goTo = (page: Page, { id }: Taken): Promise<unknown> => page.goto(office.url(`/requests/${id}`));

  /** The desk's own window, or a coordinator's phone. */
  const at = async (size: typeof DESK | typeof PHONE, language: Language): Promise<Page> => {
    if (language === 'en') return desk.page;
    const { page } = await office.open({ size, locale: 'es-MX' });
    await office.signIn('coordinator', page);
    return page;
  };

  beforeAll(async () => {
    ({ desk: office, window: desk } = await Desk.start());
  }, 120_000);
  afterAll(() => office?.stop(), 60_000);

  it('take a typical request in within 20 seconds by keyboard alone, and give it to a peer without touching the mouse', async () => {
    const { page } = desk;
    const luz = await office.onDuty('peer15');
    await page.goto(office.url('/board'));
    await page.getByText('No open requests.').waitFor();
    let keys = 0;
    const press = async (...pressed: readonly string[]): Promise<void> => {
      for (const key of pressed) await page.keyboard.press(key);
      keys += pressed.length;
    };
    const write = (text: string): Promise<void> => press(...text);
    const began = Date.now();
    await press('n');
    await page.locator('input[name="imminentDanger"]:focus').waitFor();
    await write('nnnn');
    await press('Tab');
    await write('span');
    await page.getByRole('option', { name: 'Spanish' }).waitFor();
    await press('Enter', 'Tab');
    await write('lan');
    await page.getByRole('option', { name: 'Lane County' }).waitFor();
    await press('Enter', 'Tab', 'Tab');
    await write('los');
    await page.getByRole('option', { name: 'Losing someone' }).waitFor();
    await press('Enter', 'Tab');
    await write('5415550177');
    await press('Control+Enter');
    await page.getByText('Taken in. The search has begun.').waitFor();
    expect(keys).toBeLessThanOrEqual(TYPICAL_KEYS);
    process.stdout.write(`A typical intake took ${keys} keys and ${((Date.now() - began) / 1000).toFixed(1)} s.\n`);

    await page.getByText(/^asking Luz/).waitFor();
    await page.keyboard.press('j');
    await page.locator('[data-row]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /asking Luz/i }).waitFor();
    for (const fact of ['Spanish', 'Lane County', 'Losing someone']) await page.getByRole('definition').filter({ hasText: fact }).waitFor();
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Assign by hand' });
    await dialog.getByRole('option', { name: /Luz G/, selected: true }).waitFor();
    await dialog.getByRole('combobox').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await dialog.getByRole('button', { name: 'They agreed by phone' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^What happens next:\s*with Luz/i }).waitFor();
    await page.getByText('Luz G. (demo) was assigned by hand, agreed by phone').waitFor();
    await luz.page.getByRole('heading', { name: 'How to reach them' }).waitFor();
    expect([...desk.faults, ...luz.faults]).toEqual([]);
  }, JOURNEY_MS);

  it('show what to say two keys after danger is answered with yes, in both languages, and lead back to the search', async () => {
    const { page } = desk;
    await page.goto(office.url('/board/new'));
    await page.locator('input[name="imminentDanger"]:focus').waitFor();
    await page.keyboard.press('y');
    await page.getByRole('button', { name: 'Send now and show what to say' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('call 911').waitFor();
    await dialog.getByText('What to say, in Spanish').click();
    await dialog.getByText(/llam[ea] al 911/).waitFor();
    await dialog.getByRole('link', { name: 'Open the request' }).click();

    const escalation = page.getByRole('region', { name: 'Imminent danger' });
    await escalation.getByText('nobody has acknowledged').waitFor();
    await expectGone(page.getByRole('button', { name: 'Ask everybody anew' }));
    await escalation.getByRole('button', { name: 'I have this' }).click();
    await escalation.getByText('Alex (demo) has it, contact not confirmed').waitFor();
    await escalation.getByRole('button', { name: 'Return to search' }).click();
    await escalation.waitFor({ state: 'detached' });
    await page.getByText('Escalation over: returned to the search').waitFor();
  }, JOURNEY_MS);

  it.each(BOTH)('plan by the clock of the programme and say what is wrong at the field: $size.width px, $language', async ({ size, language }) => {
    const t = words(language);
    const page = await at(size, language);
    // Second Sunday of March, first of November: 15 U.S.C. §260a.
    const year = new Date().getUTCFullYear() + (language === 'en' ? 1 : 2);
    const [springForward, fallBack] = [sundayOf(year, 3, 2), sundayOf(year, 11, 1)];
    await page.goto(office.url('/board/new'));
    await page.locator('input[name="imminentDanger"]:focus').waitFor();
    await page.getByRole('dialog').getByText(t('channel.planned'), { exact: true }).click();
    await page.keyboard.press('Control+Enter');
    await page.getByText(t('fieldFault.not-before')).waitFor();
    await page.locator('input[type="datetime-local"]:focus').waitFor();
    await page.getByLabel(t('intake.notBefore')).fill(`${springForward}T02:30`);
    await page.getByText(t('fieldFault.not-before-skipped')).waitFor();
    await page.getByLabel(t('intake.notBefore')).fill(`${fallBack}T01:30`);
    await page.getByText(t('intake.notBeforeTwice')).waitFor();
    await page.getByText(/01:30 .*(PST|-8)/).click();
    await page.keyboard.press('Control+Enter');
    await page.getByText(t('intake.takenPlanned')).waitFor();
    const { items } = (await (await page.request.get(office.url('/api/v1/requests?state=triaged'))).json()) as { items: { notBefore: string }[] };
    expect(items.map(({ notBefore }) => notBefore)).toContain(`${fallBack}T09:30:00.000Z`);
  }, JOURNEY_MS);

  it.each(BOTH)('hint that a request may be known already, and take it in all the same: $size.width px, $language', async ({ size, language }) => {
    const [t, page] = [words(language), await at(size, language)];
    const callback = language === 'en' ? '541 555 0188' : '541 555 0187';
    const first = await take({ language: 'so', requesterKey: `+1 ${callback}` });
    await page.goto(office.url('/board/new'));
    await page.locator('input[name="imminentDanger"]:focus').waitFor();
    await page.getByLabel(t('contact.callback')).fill(callback);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').getByRole('link', { name: t('request.duplicate') }).click();
    await page.getByText(t('request.number', { number: first.number }), { exact: true }).waitFor();
    await expectPath(page, `/requests/${first.id}`);
  }, JOURNEY_MS);

  it.each(BOTH)('say why nobody is asked, and what one rule less would change: $size.width px, $language', async ({ size, language }) => {
    const [t, page] = [words(language), await at(size, language)];
    await office.onDuty('peer02');
    await goTo(page, await take({ language: 'so' }));
    const why = page.getByRole('region', { name: t('match.whyNobody') });
    await why.getByText(t('match.none')).waitFor();
    for (const code of ['language', 'peer-unavailable']) await why.getByText(new RegExp(`\\d+ × ${t(`outBy.${code}`)}`)).waitFor();
    await why.getByText(new RegExp(t('gate.language.name'))).waitFor();
    await why.getByRole('button', { name: t('match.whyNobody') }).click();
    await expectGone(why.getByText(t('match.none')));
  }, JOURNEY_MS);

  it.each(BOTH)('assign against a wish with a reason, which is sealed, and never say why somebody is unavailable: $size.width px, $language', async ({ size, language }) => {
    const t = words(language);
    const page = await at(size, language);
    await office.onDuty('peer02');
    const request = await take({ preferences: [{ kind: 'gender', value: 'nonbinary', strength: 'must' }] });
    await goTo(page, request);
    await page.getByRole('button', { name: t('request.assign'), exact: true }).click();
    const dialog = page.getByRole('dialog', { name: t('assign.title') });
    await dialog.getByRole('combobox').fill('dmi');
    await dialog.getByRole('option', { name: /Dmitri/, selected: true }).waitFor();
    await dialog.getByRole('button', { name: t('agreed.no') }).click();
    await dialog.getByRole('alert').getByText(like(t, 'assign.unavailable', 'within')).waitFor();

    await dialog.getByRole('combobox').fill('sam');
    await dialog.getByText(like(t, 'assign.needsReason', 'within')).waitFor();
    await dialog.getByRole('button', { name: t('agreed.by-phone'), disabled: true }).waitFor();
    await dialog.getByLabel(like(t, 'assign.reason')).fill('They said it matters less than waiting.');
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: t('agreed.by-phone') }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(like(t, 'event.gate-overridden')).waitFor();
    await expectGone(page.getByText('matters less than waiting'));
    await office.post(desk.page, `/requests/${request.id}/cancel`, { reason: 'over' });
  }, JOURNEY_MS);

  it.each(BOTH)('ask everybody anew and escalate by one key each, on the board and on the page of the request: $size.width px, $language', async ({ size, language }) => {
    const t = words(language);
    const page = await at(size, language);
    const request = await take({ language: 'so', acuity: 4 });
    await page.goto(office.url('/board'));
    await page.locator(`[data-row="${request.id}"]`).focus();
    await page.keyboard.press('r');
    await page.getByText(t('act.re-offered', { number: request.number })).waitFor();
    await page.locator(`[data-row="${request.id}"]`).focus();
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: like(t, 'act.escalate') }).locator(':focus').waitFor();
    await page.keyboard.press('1');
    await page.getByText(t('act.escalated', { number: request.number })).waitFor();

    const other = await take({ language: 'so', acuity: 4 });
    await goTo(page, other);
    await page.getByRole('button', { name: t('request.reOffer') }).waitFor();
    await page.keyboard.press('r');
    await page.getByRole('region', { name: t('request.timeline') }).getByText(like(t, 'event.request-re-offered')).waitFor();
    await page.keyboard.press('e');
    await page.getByRole('menuitem', { name: t('cause.coordinator') }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: t('request.timeline') }).getByText(t('event.request-escalated', { cause: t('cause.coordinator') })).waitFor();
    await expectGone(page.getByRole('menu'));
  }, JOURNEY_MS);

  it('cancel with one key and a reason, and take it back within ten seconds', async () => {
    const { page } = desk;
    await goTo(page, await take({ language: 'so' }));
    await page.getByRole('button', { name: 'Cancel request' }).waitFor();
    await page.keyboard.press('x');
    await page.getByRole('dialog', { name: 'Cancel this request?' }).getByRole('button', { name: 'They no longer want it' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Cancelled. Nobody is being asked any more.').waitFor();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByText('The cancel was taken back').waitFor();
    await page.getByRole('button', { name: 'Cancel request' }).waitFor();
    await expectGone(page.getByText('Cancelled. Nobody is being asked any more.'));
  }, JOURNEY_MS);

  it.each(BOTH)('close opened contact details by themselves after a minute: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page } = await office.open({ size, locale });
    await office.signIn('coordinator', page);
    await page.clock.install();
    await goTo(page, await take({ language: 'so', callback: CALLBACK, story: STORY }));
    await page.getByRole('button', { name: t('contact.open') }).click();
    await page.getByText(STORY).waitFor();
    await page.getByRole('link', { name: CALLBACK }).waitFor();
    await page.clock.fastForward(61_000);
    await page.getByRole('button', { name: t('contact.open') }).waitFor();
    await page.getByText(t('event.contact-read')).waitFor();
    await expectSoon(page.locator('html'), (html) => html.innerHTML().then((all) => /541 ?555 ?0177|funeral/.exec(all)), null);
  }, JOURNEY_MS);

  it.each(BOTH)('ask what is still unknown, one key each, and send danger that comes out to the partners at once: $size.width px, $language', async ({ size, language }) => {
    const t = words(language);
    const page = await at(size, language);
    await goTo(page, await take({ language: 'so', safety: { ...CALM, imminentDanger: 'unknown', minor: 'unknown' } }));
    await page.getByText(t('request.pleaseAsk')).waitFor();
    await page.keyboard.press('s');
    await page.keyboard.press('Tab');
    await page.locator('input[name="minor"]:focus').press(t('answer.yes').slice(0, 1).toLowerCase());
    await page.getByText(t('request.minor')).waitFor();
    await page.keyboard.press('s');
    await page.locator('input[name="imminentDanger"]:focus').waitFor();
    await page.keyboard.press(t('answer.yes').slice(0, 1).toLowerCase());
    await page.getByRole('region', { name: t('cause.imminent-danger') }).getByText(/(call|llam[ea] al) 911/).first().waitFor();
    await expectGone(page.getByRole('button', { name: t('request.reOffer') }));
  }, JOURNEY_MS);

  it('tell the later of two at the desk what happened, and show what is', async () => {
    const es = words('es');
    const other = await office.open({ size: PHONE, locale: 'es-MX' });
    await office.signIn('supervisor', other.page);
    const ben = await office.onDuty('peer05');
    const request = await take();
    // By name: others who are on duty by now fit as well.
    const { account } = (await (await ben.page.request.get(office.api('/me'))).json()) as { account: { personId: string } };
    await office.post(desk.page, `/requests/${request.id}/assign`, { personId: account.personId, agreed: 'no', overrides: [] });
    await ben.page.getByRole('button', { name: "I'll take it" }).waitFor();
    await goTo(other.page, request);
    await other.page.getByText(es('contact.notYours')).waitFor();
    await other.page.keyboard.press('a');
    const dialog = other.page.getByRole('dialog', { name: es('assign.title') });
    await dialog.getByRole('combobox').fill('jo m');
    await dialog.getByRole('option', { name: /Jo M/ }).waitFor();
    await ben.page.getByRole('button', { name: "I'll take it" }).click();
    await ben.page.getByRole('heading', { name: 'How to reach them' }).waitFor();
    await dialog.getByRole('button', { name: es('agreed.by-phone') }).click();
    await dialog.getByText(es('deskProblem.request-already-assigned')).waitFor();
    await other.page.getByText(es('event.offer-accepted', { person: 'Ben K. (demo)' })).waitFor();
    await office.post(desk.page, `/requests/${request.id}/cancel`, { reason: 'duplicate' });
    await other.page.getByText(es('request.cancelled')).waitFor();
    await expectGone(other.page.getByRole('dialog'));
    await other.page.getByRole('heading', { name: /cancelada/i }).waitFor();
    await expectGone(other.page.getByRole('button', { name: es('request.escalate') }));
  }, JOURNEY_MS);

  it('speak Spanish to the last line of the timeline, with the names of the peers', async () => {
    const { page } = await office.open({ size: PHONE, locale: 'es-MX', scheme: 'dark' });
    await page.goto(office.url('/board'));
    await page.getByLabel('Correo electrónico').fill('coordinator@demo.test');
    await page.getByLabel('Contraseña', { exact: true }).fill(office.app.password);
    await page.getByRole('button', { name: 'Iniciar sesión' }).click();
    await page.waitForURL('**/board');
    const request = await take({ language: 'so' });
    await office.post(page, `/requests/${request.id}/escalate`, { cause: 'coordinator' });
    await goTo(page, request);
    const timeline = page.getByRole('region', { name: 'Qué ha pasado' });
    await timeline.getByText('Escalada a supervisión: Escalada por coordinación').waitFor();
    await timeline.getByText('Triaje: Pronto').waitFor();
    await page.getByRole('button', { name: 'Asignar', exact: true }).click();
    await page.getByRole('dialog', { name: 'Asignar a mano' }).getByRole('button', { name: 'Cerrar' }).click();
    await expectFitsItsWidth(page);
    await page.goto(office.url('/board/new'));
    await page.getByText('¿Alguien está en peligro en este momento?').waitFor();
    await expectFitsItsWidth(page);
  }, JOURNEY_MS);
});
