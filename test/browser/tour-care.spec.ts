import { beforeAll, describe, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { itemsOf, type JsonObject } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { expectSoon } from './patience.js';
import { expectOpenToAll, STATE_MS, VIEWS } from './tour.js';
import { World } from './world.js';

/** Where, and the word of the catalogue that shows that the page is there. */
const OWN: readonly (readonly [string, string])[] = [
  ['/inbox', 'inbox.help'],
  ['/peer/about', 'about.help'],
  ['/peer/supervision', 'mySupervision.next'],
  ['/peer/checks', 'mySupervision.checks.none'],
  ['/peer/wellness', 'wellness.looks.title'],
  ['/peer/policies', 'relapsePolicy.ownHelp'],
  ['/peer/credentials', 'credentials.own.asksTitle'],
  ['/peer/topics', 'credentials.topics.experience'],
  ['/peer/own-care', 'credentials.ownCare.programmes'],
];
const SUPERVISORS: readonly (readonly [string, string])[] = [
  ['/supervisor/peers', 'supervision.peers.as.supervisor'],
  ['/supervisor/cases', 'wellness.as.supervisor'],
  ['/supervisor/relapse-policies', 'relapsePolicy.standing.in-force'],
  ['/supervisor/credentials', 'credentials.expiring.peers'],
  ['/supervisor/check-figures', 'supervision.figures.none'],
  ['/supervisor/appoint', 'supervision.appoint.help'],
];

/** What a peer keeps for themself, and what those who stand behind them see. */
describeWith(needs.chromium)('every state of care', () => {
  const world = World.forThisFile();

  describe.each(VIEWS.map((view, index) => ({ ...view, mailbox: ['peer03', 'peer04'][index] ?? '', other: ['peer06', 'peer07'][index] ?? '' })))('$name', ({ t, how, mailbox, other }) => {
    let own: Page;
    let night: Page;
    let personId: string;
    let casePath: string;
    const expectOpen = async (page: Page, path: string, ready: string): Promise<void> => {
      await page.goto(world.url(path));
      await page.getByText(t(ready)).first().waitFor();
      await expectOpenToAll(page);
    };
    const mine = async (): Promise<JsonObject> => (await (await world.as(mailbox)).get('/me/wellness')).body;
    const proposed = async (): Promise<string> => {
      const agreements = ((await mine())['case'] as JsonObject)['agreements'] as readonly JsonObject[];
      return String(agreements.find(({ standing }) => standing === 'proposed')?.['id']);
    };
    const agree = async (): Promise<void> => void (await world.act(mailbox, `me/wellness/agreements/${await proposed()}/answer`, { answer: 'agreed' }));

    beforeAll(async () => {
      personId = await world.personId(mailbox);
      ({ page: own } = await world.open(mailbox, '/peer', { ...how, stays: true }));
      ({ page: night } = await world.open('supervisor', '/supervisor', { ...how, stays: true }));
    }, STATE_MS);

    it.each(OWN)('%s', async (path, ready) => {
      await expectOpen(own, path, ready);
    }, STATE_MS);

    it('having stepped back, with supports offered and limits proposed', async () => {
      await world.act(mailbox, 'me/step-back');
      const items = itemsOf(await (await world.as('supervisor')).get('/wellness/cases'));
      casePath = `wellness/cases/${String(items.find((held) => held['state'] === 'open')?.['id'])}`;
      await expectOpen(night, `/supervisor/${casePath.replace('wellness/', '')}`, 'wellness.acts.contact');
      await world.act('supervisor', `${casePath}/contact`);
      await world.act('supervisor', `${casePath}/supports`, { codes: ['talk', 'time-off'] });
      await world.act('supervisor', `${casePath}/proposals`, { kind: 'limits', steps: [{ terms: { noNights: true, hoursAWeek: 20 }, days: 14 }] });
      await world.act(mailbox, 'me/wellness/notes', { kind: 'shared', text: 'Please call in the morning.' });
      await expectOpen(own, '/peer/wellness', 'wellness.notAgree');
    }, STATE_MS);

    it.each(SUPERVISORS)('%s, its name in sight among the others', async (path, ready) => {
      await expectOpen(night, path, ready);
      await expectSoon(night.getByRole('navigation', { name: t('supervise.title') }).locator('[aria-current="page"]'), async (link) => {
        const box = await link.boundingBox();
        return box !== null && box.x >= 0 && box.x + box.width <= how.size.width;
      }, true);
    }, STATE_MS);

    it('/inbox, where a letter leads a supervisor, and from there to where it is done', async () => {
      await expectOpen(night, '/inbox', 'inbox.help');
      await night.getByRole('main').getByRole('link', { name: t('wellness.cases.title'), exact: true }).click();
      await night.getByText(t('wellness.cases.help')).waitFor();
    }, STATE_MS);

    it('how peers are, in numbers: of enough people, of too few, and a server in trouble', async () => {
      const path = '**/api/v1/supervision/check-figures?*';
      const none = (await (await world.as('supervisor')).get(`/supervision/check-figures?programmeId=${world.programme()}`)).body as { questions: { kind: string; question: string; answers: { answer: string }[] }[] };
      // As the server counts: four weeks that are over, of more people than a demo has.
      const counts = [20, 11, 12];
      const questions = none.questions.map((each) => ({ ...each, answers: each.answers.map(({ answer }, at) => ({ answer, count: each.kind === 'readiness' ? counts[at] : each.kind === 'proqol' && at > 1 ? 31 : null })) }));
      await night.route(path, (route) => route.fulfill({ json: { ...none, questions } }));
      await expectOpen(night, '/supervisor/check-figures', 'supervision.figures.kind.readiness');
      await night.getByText(`${t('ownCheck.answer.good')}: 20 · ${t('ownCheck.answer.fair')}: 11`, { exact: false }).first().waitFor();
      await night.getByText(t('supervision.figures.hidden'), { exact: false }).first().waitFor();
      await night.unroute(path);
      await night.route(path, (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ code: 'internal', status: 500, title: 'Internal' }) }));
      await night.reload();
      await night.getByRole('alert').first().waitFor();
      await expectOpenToAll(night);
      await night.unroute(path);
    }, STATE_MS);

    it('a case with agreed limits, then coming back step by step, proposed', async () => {
      await agree();
      await expectOpen(own, '/peer/limits', 'agreedTogether.title');
      await expectOpen(night, `/supervisor/${casePath.replace('wellness/', '')}`, 'wellness.cases.two');
      await night.getByRole('button', { name: t('wellness.kind.return'), exact: true }).click();
      await night.getByRole('button', { name: t('wellness.propose.another') }).click();
      await night.getByRole('group', { name: t('wellness.kind.returnStep', { position: 2 }) }).waitFor();
      await expectOpenToAll(night);
    }, STATE_MS);

    it('a peer, planning a session', async () => {
      await night.goto(world.url(`/supervisor/peers/${personId}`));
      await night.getByRole('button', { name: t('supervision.sessions.plan') }).click();
      await night.getByRole('button', { name: t('supervision.sessions.planIt') }).waitFor();
      await expectOpenToAll(night);
    }, STATE_MS);

    it('what a peer holds, recording more', async () => {
      await night.goto(world.url(`/supervisor/credentials/${personId}`));
      await night.getByRole('button', { name: t('credentials.staff.record') }).click();
      await night.getByRole('button', { name: t('credentials.staff.save') }).waitFor();
      await expectOpenToAll(night);
    }, STATE_MS);

    it('after a critical contact: a supervisor’s day, and the peer who is asked whether they would like to talk', async () => {
      await world.onDuty(other);
      const { id } = await world.assign(await world.take(), other);
      await world.act(other, `assignments/${String(id)}/contact-made`);
      await world.act(other, `assignments/${String(id)}/close`, { outcome: 'supported', reasons: [], intensity: 'critical', followUp: false });
      await expectOpen(night, '/supervisor', 'supervision.critical.contacted');
      const { page } = await world.open(other, '/peer', how);
      await page.getByText(t('ownInbox.contact')).first().waitFor();
      await expectOpenToAll(page);
      await expectOpen(page, '/peer/supervision', 'mySupervision.debrief.ask');
      await world.offDuty(other);
    }, STATE_MS);
  });
});
