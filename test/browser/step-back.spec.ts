import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Api, itemsOf } from '../support/http-api.js';
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
  const world = World.forThisFile();
  let own: Page;
  let night: Page;
  let casePath: string;
  const faults: string[][] = [];

  beforeAll(async () => {
    const [peer, supervisor] = [await world.open('peer03', '/peer', { size: PHONE, stays: true }), await world.open('supervisor', '/supervisor', { size: DESK, scheme: 'dark', locale: 'es-MX', stays: true })];
    [own, night] = [peer.page, supervisor.page];
    faults.push(peer.faults, supervisor.faults);
  }, 120_000);

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

    await own.goto(world.url('/peer/limits'));
    const agreed = own.getByRole('region', { name: en('agreedTogether.title') });
    await agreed.getByRole('listitem').getByText(en('limits.noNights'), { exact: true }).waitFor();
    await agreed.getByText(like(en, 'agreedTogether.until')).waitFor();
    await expectOpenToAll(own);
    // Nothing is theirs alone to lift until they take less besides.
    await expectGone(own.getByRole('button', { name: en('limits.lift') }), own.getByRole('button', { name: en('limits.liftOwn') }));
    await own.getByRole('textbox', { name: en('limits.hours') }).fill('20');
    await own.getByRole('button', { name: en('limits.save') }).tap();
    await own.getByRole('button', { name: en('limits.liftOwn') }).tap();
    await expectGone(own.getByRole('button', { name: en('limits.liftOwn') }));
    await agreed.getByRole('link', { name: en('agreedTogether.more') }).tap();
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

  it('is heard on appeal by a lead when the deputy is away, who sees a name and nothing else of it', async () => {
    await makeLead();
    const deputy = await world.as('supervisor2');
    await deputy.put('/me/away', { from: new Date().toISOString(), until: null });
    await world.act('supervisor', 'wellness/cases', { personId: await world.personId('peer04') });
    const peer = await world.open('peer04', '/peer/wellness', { size: DESK });
    await peer.page.getByRole('button', { name: en('wellness.appeal') }).click();
    await peer.page.getByText(like(en, 'wellness.appealBy')).waitFor();

    const heard = await world.open('planner', '/supervisor/cases', { size: PHONE, locale: 'es-MX' });
    const waiting = heard.page.getByRole('region', { name: es('wellness.overdueAppeal.title') });
    await waiting.getByText('Ana R. (demo)').waitFor();
    // No way leads into the case; one leads to where somebody else is appointed.
    await expectGone(waiting.locator('a:not([href="/supervisor/appoint"])'));
    await expectOpenToAll(heard.page);
    await waiting.getByRole('button', { name: es('wellness.acts.grant') }).tap();
    await expectGone(waiting);
    await peer.page.reload();
    await peer.page.getByText(en('wellness.as.supervisor-lead')).first().waitFor();
    await expectGone(peer.page.getByText(like(en, 'wellness.appealBy')));
    expect((await (await world.as('peer04')).get('/me/wellness')).body['case']).toBeNull();
    await deputy.delete('/me/away');
    expect([...peer.faults, ...heard.faults]).toEqual([]);
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
    await says(approver.page, en('relapsePolicy.tooSoon'));
    await approver.page.getByLabel(en('relapsePolicy.effective')).fill(await today(3));
    await press(approver.page, en('relapsePolicy.approve'));
    await approver.page.getByText(/approved by Kim \(demo\)/).waitFor();

    await own.goto(world.url('/peer/policies'));
    await own.getByText(en('relapsePolicy.contactHours', { count: 12 })).waitFor();
    await own.getByRole('button', { name: en('relapsePolicy.acknowledge') }).tap();
    await expectGone(own.getByRole('button', { name: en('relapsePolicy.acknowledge') }));
    // The one refusal that was meant.
    expect([...author.faults, ...approver.faults]).toEqual([expect.stringContaining('422')]);
  }, JOURNEY_MS);

  /** Somebody who stands behind nobody, and was in nothing so far. */
  async function makeLead(): Promise<void> {
    const admin = await world.as('admin');
    const account = itemsOf(await admin.get('/accounts?limit=100')).find(({ email }) => email === 'planner@demo.test');
    const made = await admin.patch(`/accounts/${String(account?.['id'])}`, { roles: ['planner', 'supervisor-lead'] }, account?.['version']);
    expect([made.status, made.text]).toEqual([200, expect.anything()]);
  }

  /** By the server's clock and the windows' calendar. */
  async function today(daysAhead = 0): Promise<string> {
    const answer = await new Api(world.app.baseUrl).get('/organisation');
    const now = Date.parse(answer.headers.get('date') ?? '');
    return new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(now + daysAhead * 86_400_000);
  }
});
