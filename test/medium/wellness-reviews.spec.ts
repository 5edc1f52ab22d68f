import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AwayService } from '../../src/shifts/away.service.js';
import type { Person } from '../support/given.js';
import { itemsOf, type Answer } from '../support/http-api.js';
import { aCircle, ok, signedInOnce, standsBehind, theCase, type Circle } from '../support/wellness.js';
import { createWorld, type World } from '../support/world.js';

const DAY_MS = 86_400_000;

describe('a review of a case', () => {
  let world: World;
  let circle: Circle;
  let forget: () => void;
  let caseId: string;
  let reviewAt: string;
  beforeEach(async () => {
    world = await createWorld();
    const found = await aCircle(world);
    const { as, later } = signedInOnce(found);
    circle = { ...found, as };
    forget = later;
    ok(await (await as(circle.peer)).post('/me/step-back'));
    caseId = await theCase(await as(circle.supervisor));
    ok(await (await as(circle.supervisor)).post(`/wellness/cases/${caseId}/contact`));
    reviewAt = new Date(world.clock.now().getTime() + 7 * DAY_MS).toISOString();
  });
  afterEach(() => world.close());

  const days = async (count: number): Promise<void> => {
    forget();
    world.clock.forward({ hours: 24 * count });
    await world.sweep();
  };
  const away = ({ personId }: Person): Promise<unknown> => world.get(AwayService).pause(personId);
  const back = ({ personId }: Person): Promise<void> => world.get(AwayService).return(personId);
  const listed = async (by: Person): Promise<unknown[]> => [...itemsOf(await (await circle.as(by)).get('/wellness/overdue-reviews'))];
  const held = async (by: Person): Promise<Answer> => (await circle.as(by)).post(`/wellness/overdue-reviews/${caseId}/held`);
  const looks = async (): Promise<unknown[]> => itemsOf(await (await circle.as(circle.peer)).get('/me/wellness'), 'looks').map(({ as, what }) => [as, what]);

  it('is a lead\'s while neither supervisor nor deputy is there: a name, a time and who the two are, and the peer sees who looked', async () => {
    const { supervisor, deputy, lead } = circle;
    await days(7);
    expect([await listed(lead), (await held(lead)).status]).toEqual([[], 404]);
    await away(supervisor);
    expect([await listed(lead), (await held(lead)).status]).toEqual([[], 404]);
    await away(deputy);
    expect(await listed(lead)).toEqual([{ id: caseId, name: expect.any(String) as unknown, reviewAt, supervisor: expect.any(String) as unknown, deputy: expect.any(String) as unknown }]);
    expect(await looks()).toContainEqual(['supervisor-lead', 'review']);
    expect((await (await circle.as(lead)).get(`/wellness/cases/${caseId}`)).status).toBe(404);
  });

  it('leads from the letter to the list, and is done there: looked at once more in seven days', async () => {
    const { supervisor, deputy, lead, as } = circle;
    const waits = async (): Promise<unknown> => (await (await as(lead)).get('/wellness/waiting')).body.waiting;
    for (const each of [supervisor, deputy]) await away(each);
    await days(7);
    expect([await waits(), (await listed(lead)).length, await waits()]).toEqual([true, 1, false]);
    expect(ok(await held(lead)).body).toEqual({ items: [] });
    expect((await held(lead)).status).toBe(404);
    await back(supervisor);
    const next = new Date(world.clock.now().getTime() + 7 * DAY_MS).toISOString();
    expect(itemsOf(await (await as(supervisor)).get('/wellness/cases'))).toMatchObject([{ id: caseId, state: 'supported', reviewAt: next }]);
    await away(supervisor);
    await days(6);
    expect(await listed(lead)).toEqual([]);
    await days(1);
    expect(await listed(lead)).toMatchObject([{ id: caseId, reviewAt: next }]);
  });

  it('stands on a closed case only where the two had agreed on one, and only until then', async () => {
    const { supervisor, deputy, as } = circle;
    const shown = async (): Promise<unknown[]> => {
      const ofCase = async (by: Person): Promise<unknown> => (await (await as(by)).get(`/wellness/cases/${caseId}`)).body.reviewAt;
      return [await ofCase(supervisor), await ofCase(deputy)];
    };
    expect(await shown()).toEqual([reviewAt, reviewAt]);
    ok(await (await as(supervisor)).post(`/wellness/cases/${caseId}/close`, { reviewAt }));
    expect(await shown()).toEqual([reviewAt, reviewAt]);
    await days(7);
    expect(await shown()).toEqual([null, null]);
  });

  it('goes with a case that is closed without one', async () => {
    const { supervisor, deputy, as } = circle;
    ok(await (await as(supervisor)).post(`/wellness/cases/${caseId}/close`, {}));
    for (const by of [supervisor, deputy]) expect((await (await as(by)).get(`/wellness/cases/${caseId}`)).body).toMatchObject({ state: 'closed', reviewAt: null });
  });

  it('is nobody\'s who does not lead the peer\'s programme, whom the peer supervises, or who reads the case anyway', async () => {
    const { supervisor, deputy, peer, lead } = circle;
    const [stranger, below] = [await world.given.supervisorLead({ programmes: [], canSignIn: true }), await world.given.supervisorLead({ canSignIn: true })];
    await world.db.withTx((tx) => tx.run(`UPDATE account SET roles = '{peer,supervisor}' WHERE id = $1`, [peer.accountId]));
    await standsBehind(world, below, peer, 'supervisor', lead);
    await days(7);
    for (const each of [supervisor, deputy]) await away(each);
    for (const each of [stranger, below, supervisor]) expect((await held(each)).status).toBe(each === supervisor ? 403 : 404);
    expect([await listed(stranger), await listed(below), (await listed(lead)).length]).toEqual([[], [], 1]);
    await world.db.withTx((tx) => tx.run(`UPDATE supervisor_relation SET ended_at = $2 WHERE person_id = $1 AND kind = 'deputy'`, [peer.personId, world.clock.now()]));
    await standsBehind(world, peer, lead, 'deputy', lead);
    await away(lead);
    expect(await listed(lead)).toEqual([]);
  });

  it('is on no list before its day, nor once the case is closed', async () => {
    const { supervisor, deputy, lead, as } = circle;
    for (const each of [supervisor, deputy]) await away(each);
    await days(6);
    expect(await listed(lead)).toEqual([]);
    await days(1);
    expect(await listed(lead)).toHaveLength(1);
    ok(await (await as(supervisor)).post(`/wellness/cases/${caseId}/close`, {}));
    expect([await listed(lead), (await held(lead)).status]).toEqual([[], 404]);
  });
});
