import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Api } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { DESK, PHONE } from './browser.js';
import { expectGone } from './patience.js';
import { expectOpenToAll } from './tour.js';
import { like, words } from './words.js';
import { World } from './world.js';

const JOURNEY_MS = 180_000;

/** The peer on a phone in English, their supervisor at a desk in Spanish, the deputy at a desk in English. */
describeWith(needs.chromium)('stepping back', () => {
  const [en, es] = [words('en'), words('es')];
  let world: World;
  let own: Page;
  let night: Page;
  let casePath: string;
  const faults: string[][] = [];

  beforeAll(async () => {
    world = await World.start();
    const [peer, supervisor] = [await world.open('peer03', '/peer', { size: PHONE, stays: true }), await world.open('supervisor', '/supervisor', { size: DESK, scheme: 'dark', locale: 'es-MX', stays: true })];
    [own, night] = [peer.page, supervisor.page];
    faults.push(peer.faults, supervisor.faults);
  }, 120_000);
  afterAll(() => world?.stop(), 60_000);

  const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const says = (page: Page, text: string): Promise<void> => page.getByText(text, { exact: true }).first().waitFor();
  const again = async (): Promise<void> => void (await Promise.all([own.reload(), night.reload()]));

  it('is one tap behind its own door, the supervisor gets in touch, and the peer sees who looked', async () => {
    await own.getByRole('link', { name: en('doors.wellness') }).tap();
    await own.getByRole('button', { name: en('wellness.stepBack') }).tap();
    await says(own, en('wellness.state.open'));
    await expectOpenToAll(own);
    expect((await (await world.as('peer03')).get('/me/away')).body['away']).toMatchObject({ until: null });

    await night.reload();
    await night.getByRole('link', { name: es('ownInbox.open') }).click();
    await night.getByRole('link', { name: 'Lee P. (demo)' }).click();
    await press(night, es('wellness.acts.contact'));
    await says(night, es('wellness.state.supported'));
    casePath = new URL(night.url()).pathname;
    await again();
    await says(own, en('wellness.state.supported'));
    await own.getByText(en('wellness.as.supervisor')).first().waitFor();
    expect(faults.flat()).toEqual([]);
  }, JOURNEY_MS);

  it('holds what the two agree on, is looked at by somebody else on appeal, and ends step by step once two people have said so', async () => {
    await press(night, es('wellness.kind.limits'));
    await night.getByRole('group', { name: es('limits.noNights') }).getByText(es('answer.yes'), { exact: true }).click();
    await press(night, es('wellness.propose.send'));
    await says(night, es('wellness.terms.noNights'));
    await own.reload();
    await own.getByRole('button', { name: en('wellness.agree') }).tap();
    await says(own, en('wellness.state.restricted'));
    await own.getByRole('button', { name: en('wellness.appeal') }).tap();
    await own.getByText(like(en, 'wellness.appealBy')).waitFor();

    const deputy = await world.open('supervisor2', casePath, { size: DESK });
    await deputy.page.getByText(like(en, 'wellness.cases.appealYours')).waitFor();
    await press(deputy.page, en('wellness.acts.stays'));
    await expectGone(deputy.page.getByText(like(en, 'wellness.cases.appealYours')));
    await again();
    await says(own, en('wellness.appealOutcome.stays'));

    await press(night, es('wellness.kind.return'));
    await press(night, es('wellness.propose.another'));
    await night.getByRole('group', { name: es('wellness.kind.returnStep', { position: 1 }) }).getByRole('group', { name: es('limits.buddyOnly') }).getByText(es('answer.yes'), { exact: true }).click();
    await press(night, es('wellness.propose.send'));
    await says(night, es('wellness.terms.buddy'));
    await own.reload();
    await own.getByRole('button', { name: en('wellness.agree') }).tap();
    await expectGone(own.getByRole('button', { name: en('wellness.agree') }));
    await again();
    await press(night, es('wellness.acts.return'));
    await night.getByText(/dice: regresar paso a paso/).waitFor();
    await deputy.page.reload();
    await press(deputy.page, en('wellness.acts.return'));
    await says(deputy.page, en('wellness.state.returning'));
    await again();
    await says(own, en('wellness.state.returning'));
    await night.getByRole('button', { name: es('wellness.acts.signOff') }).waitFor();
    await expectOpenToAll(own);
    expect([...faults.flat(), ...deputy.faults]).toEqual([]);
  }, JOURNEY_MS);

  it('is asked for by a policy that one wrote and another approved, which the peer reads beforehand', async () => {
    const author = await world.open('admin', '/admin/relapse-policies', { size: PHONE, locale: 'es-MX' });
    await author.page.getByRole('button', { name: es('relapsePolicy.newDraft') }).last().tap();
    await author.page.getByLabel(es('relapsePolicy.hours')).fill('12');
    await author.page.getByRole('button', { name: es('relapsePolicy.save') }).tap();
    await says(author.page, es('relapsePolicy.notYours'));
    await expectGone(author.page.getByRole('button', { name: es('relapsePolicy.approve') }));

    const approver = await world.open('supervisor', '/supervisor/relapse-policies', { size: DESK });
    await approver.page.getByLabel(en('relapsePolicy.effective')).fill(await today());
    await press(approver.page, en('relapsePolicy.approve'));
    await approver.page.getByText(/approved by Kim \(demo\)/).waitFor();

    await own.goto(world.url('/peer/policies'));
    await own.getByText(en('relapsePolicy.contactHours', { count: 12 })).waitFor();
    await own.getByRole('button', { name: en('relapsePolicy.acknowledge') }).tap();
    await expectGone(own.getByRole('button', { name: en('relapsePolicy.acknowledge') }));
    expect([...author.faults, ...approver.faults]).toEqual([]);
  }, JOURNEY_MS);

  /** By the server's clock and the windows' calendar. */
  async function today(): Promise<string> {
    const answer = await new Api(world.app.baseUrl).get('/organisation');
    return new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(new Date(answer.headers.get('date') ?? ''));
  }
});
