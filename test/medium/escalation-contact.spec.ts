import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ExclusionsService } from '../../src/peers/exclusions.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { ok } from '../support/wellness.js';
import { createWorld, type World } from '../support/world.js';

const CALLBACK = '+1 541 555 0142';
const STORY = 'told at the door';
const PLACE = { zip: '97401', lat: 44.05, lon: -123.09 };

describe('callback, story and place of a request that is escalated', () => {
  let world: World;
  let api: Api;
  let programme: Programme;
  let coordinator: Person;
  let supervisor: Person;
  let night: Api;
  let other: Api;
  /** Of the request each test is about. */
  let id: string;
  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
    programme = await world.given.programme();
    coordinator = await world.given.coordinator({ programmes: [programme], canSignIn: true });
  });
  beforeEach(async () => {
    [supervisor, night] = await signedIn();
    [, other] = await signedIn();
    id = await escalated();
  });
  afterAll(() => world.close());

  async function signedIn(programmes = [programme]): Promise<[Person, Api]> {
    const person = await world.given.supervisor({ programmes, canSignIn: true });
    return [person, await api.signIn(person.email, PASSWORD)];
  }
  const escalated = (over: object = {}): Promise<string> =>
    world.given.request({ programme, by: coordinator, safety: { imminentDanger: 'yes' }, callback: CALLBACK, story: STORY, place: PLACE, requesterKey: CALLBACK, ...over });
  const escalationOf = async (requestId: string): Promise<string> => String((await world.look.escalations(requestId)).find(({ closedAt }) => closedAt === null)?.id);
  const takes = async (who: Api, requestId = id): Promise<unknown> => ok(await who.post(`/escalations/${await escalationOf(requestId)}/acknowledge`)).body.mayOpenContact;
  const opens = async (who: Api, requestId = id): Promise<number> => (await who.get(`/requests/${requestId}/contact`)).status;
  const isOffered = async (who: Api, requestId = id): Promise<unknown> => ok(await who.get(`/requests/${requestId}`)).body.mayOpenContact;
  const isOfferedAtNight = async (who: Api): Promise<unknown[]> => itemsOf(await who.get('/me/escalations')).map(({ mayOpenContact }) => mayOpenContact);
  const readings = (requestId: string) =>
    world.db.read((tx) => tx.rows<{ actorId: string }>(`SELECT actor_id FROM audit WHERE action = 'contact.read' AND subject_id = $1`, [requestId]));

  it('are open to the supervisor who has it in hand, and to no other', async () => {
    expect([await opens(night), await isOffered(night)]).toEqual([404, false]);
    expect(await takes(night)).toBe(true);
    expect((await night.get(`/requests/${id}/contact`)).body).toMatchObject({ callback: CALLBACK, story: STORY, place: { zip: PLACE.zip, lat: PLACE.lat } });
    expect([await isOffered(night), await isOfferedAtNight(night)]).toEqual([true, [true]]);
    expect([await opens(other), await isOffered(other), await takes(other), await opens(other)]).toEqual([404, false, false, 404]);
  });

  it('are on record as opened, by whom, in the audit and the timeline, as anybody’s reading is', async () => {
    await takes(night);
    expect(await opens(night)).toBe(200);
    expect(await readings(id)).toEqual([{ actorId: supervisor.accountId }]);
    expect(itemsOf(await night.get(`/requests/${id}/timeline`))).toContainEqual(expect.objectContaining({ type: 'contact.read', actorKind: 'account' }));
    expect(await opens(other)).toBe(404);
    expect(await readings(id)).toHaveLength(1);
  });

  it.each([
    ['help has arrived', 'contact-confirmed', { by: '988' }],
    ['peers are searched for again', 'return-to-search', undefined],
  ])('are shut again once %s', async (_, end, body) => {
    await takes(night);
    ok(await night.post(`/escalations/${await escalationOf(id)}/${end}`, body));
    expect([await opens(night), await isOffered(night)]).toEqual([404, false]);
  });

  it('stay open while another escalation of the same request is in their hands', async () => {
    const [first] = await world.look.escalations(id);
    await takes(night);
    ok(await night.post(`/requests/${id}/escalate`, { cause: 'beyond-scope' }));
    const second = (await world.look.escalations(id)).find((each) => each.id !== first?.id);
    ok(await night.post(`/escalations/${String(second?.id)}/acknowledge`));
    ok(await night.post(`/escalations/${String(first?.id)}/return-to-search`));
    expect(await opens(night)).toBe(200);
    ok(await night.post(`/escalations/${String(second?.id)}/return-to-search`));
    expect(await opens(night)).toBe(404);
  });

  it('are shut to who owns it only for having taken the request in', async () => {
    await world.db.withTx((tx) => tx.run(`UPDATE account SET roles = '{coordinator,supervisor}' WHERE id = $1`, [supervisor.accountId]));
    const theirs = await escalated({ by: supervisor });
    expect(await opens(night, theirs)).toBe(200);
    await world.db.withTx((tx) => tx.run(`UPDATE account SET roles = '{supervisor}' WHERE id = $1`, [supervisor.accountId]));
    expect(itemsOf(await night.get('/me/escalations'))).toHaveLength(1);
    expect([await opens(night, theirs), await isOfferedAtNight(night)]).toEqual([404, [false]]);
    expect([await takes(night, theirs), await opens(night, theirs)]).toEqual([true, 200]);
  });

  it('are shut to who has lost the role or the programme, whatever they had in hand', async () => {
    await takes(night);
    await world.db.withTx((tx) => tx.run('DELETE FROM programme_member WHERE person_id = $1', [supervisor.personId]));
    expect(await opens(night)).toBe(404);
    await world.db.withTx((tx) => tx.run('INSERT INTO programme_member (programme_id, person_id) VALUES ($1, $2)', [programme.id, supervisor.personId]));
    expect(await opens(night)).toBe(200);
    await world.db.withTx((tx) => tx.run(`UPDATE account SET roles = '{planner}' WHERE id = $1`, [supervisor.accountId]));
    expect(await opens(night)).toBe(403);
  });

  it('are shut to who is to be kept apart from the requester, before and after they took it on', async () => {
    await takes(night);
    await world.get(ExclusionsService).excludeRequester(supervisor.personId, '541.555.0142');
    expect([await opens(night), await isOffered(night), await isOfferedAtNight(night)]).toEqual([404, false, [false]]);
    const again = await escalated();
    expect([await takes(night, again), await opens(night, again)]).toEqual([false, 404]);
    const somebodyElse = await escalated({ requesterKey: '+1 541 555 0143' });
    expect([await takes(night, somebodyElse), await opens(night, somebodyElse)]).toEqual([true, 200]);
  });

  it('are not there for a supervisor of another programme, nor for a request nobody knows', async () => {
    const [, far] = await signedIn([await world.given.programme()]);
    expect(await opens(far)).toBe(404);
    await takes(night);
    expect(await opens(night, '01890000-0000-7000-8000-000000000000')).toBe(404);
    expect(await opens(night, 'no-id')).toBe(404);
  });

  it('are open to coordinators as ever, whoever has it in hand', async () => {
    await takes(night);
    const desk = await api.signIn(coordinator.email, PASSWORD);
    expect([await opens(desk), await isOffered(desk)]).toEqual([200, true]);
  });
});
