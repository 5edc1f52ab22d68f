import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ByHandGates } from '../../src/dispatch/by-hand-gates.service.js';
import { ByHandService } from '../../src/dispatch/by-hand.service.js';
import { CourseService } from '../../src/dispatch/course.service.js';
import { HAND_GATE_CODES, type HandGateCode } from '../../src/dispatch/domain/by-hand.js';
import { GatesConfig } from '../../src/dispatch/gate-rules.js';
import { MyWork } from '../../src/dispatch/my-work.service.js';
import { MatchService } from '../../src/dispatch/match.service.js';
import { RequestReading } from '../../src/dispatch/request-reading.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { RequestsService } from '../../src/requests/requests.service.js';
import { AwayService } from '../../src/shifts/away.service.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

const UNNAMED = HAND_GATE_CODES.filter((code) => !new GatesConfig().namedTo(code, ['coordinator']));

let world: World;
let coordinator: Person;
let supervisor: Person;
beforeEach(async () => {
  world = await createWorld();
  await world.given.programme();
  coordinator = await world.given.coordinator();
  supervisor = await world.given.supervisor();
});
afterEach(() => world.close());

describe('a lifted gate that is not named to coordinators', () => {
  const lifted = (requestId: string, peer: Person, gate: HandGateCode) =>
    world.db.withTx(async (tx) => {
      const course = await world.get(CourseService).load(tx, await world.get(RequestsService).lockVisible(tx, supervisor.principal, requestId));
      const ask = { personId: peer.personId, seat: 'lead', agreed: 'by-phone', overrides: [{ gate, reason: 'they asked for it' }] } as const;
      await world.get(ByHandGates).record(tx, course, { ...ask, overrides: [...ask.overrides] }, [{ gate }], supervisor.principal, world.clock.now());
    });
  const lines = async (by: Person, requestId: string) =>
    (await world.get(RequestReading).timeline(by.principal, requestId)).items.filter(({ type }) => type === 'gate.overridden').map(({ detail, summary }) => ({ detail, summary }));
  const nameOf = async ({ personId }: Person) => (await world.db.read((tx) => tx.one<{ name: string }>('SELECT display_name AS name FROM person WHERE id = $1', [personId]))).name;
  const kept = () =>
    world.db.read((tx) => tx.rows<{ data: object }>(`SELECT data FROM event WHERE type = 'gate.overridden' UNION ALL SELECT data FROM audit WHERE action = 'gate.override'`));

  it.each(UNNAMED)('reads the same for them whichever it was, and by its name for supervisors: %s', async (gate) => {
    const peer = await world.given.peerOnDuty();
    const requestId = await world.given.request();
    await lifted(requestId, peer, gate);
    expect(await lines(coordinator, requestId)).toEqual([{ detail: {}, summary: `A gate was lifted for ${await nameOf(peer)}` }]);
    expect(await lines(supervisor, requestId)).toEqual([{ detail: { gate }, summary: `The gate ${gate.replaceAll('-', ' ')} was lifted for ${await nameOf(peer)}` }]);
    const written = { requestId, personId: peer.personId, overrideId: expect.any(String) };
    expect((await kept()).map(({ data }) => data)).toEqual([written, written]);
  });

  it('leaves those that are named as they were', async () => {
    const peer = await world.given.peerOnDuty();
    const requestId = await world.given.request();
    await lifted(requestId, peer, 'load-cap');
    expect(await lines(coordinator, requestId)).toEqual([{ detail: { gate: 'load-cap' }, summary: `The gate load cap was lifted for ${await nameOf(peer)}` }]);
  });

  it('is told of with an offer to nobody but the peer who is asked', async () => {
    const peer = await world.given.peerOnDuty({ capacity: 1 });
    const [first, second] = [await world.given.request(), await world.given.request()];
    await world.get(ByHandService).assign(coordinator.principal, first, { personId: peer.personId, agreed: 'by-phone' });
    await world.get(ByHandService).assign(supervisor.principal, second, { personId: peer.personId, agreed: 'no', overrides: [{ gate: 'load-cap', reason: 'they asked for it' }] });
    expect((await world.get(RequestReading).one(coordinator.principal, second)).offers).toMatchObject([{ lifted: [] }]);
    expect(await world.get(MyWork).offers(peer.personId)).toMatchObject([{ lifted: ['load-cap'] }]);
  });
});

describe('a coordinator, and a supervisor who does not stand behind the peer', () => {
  it('is told of a critical contact what they are told of an away', async () => {
    const own = await world.given.supervisor();
    const peer = await world.given.peerOnDuty();
    await world.given.stoodBehind(peer, own);
    const contact = await world.given.request();
    await world.get(ByHandService).assign(coordinator.principal, contact, { personId: peer.personId, agreed: 'by-phone' });
    const assignmentId = (await world.look.assignments(contact))[0]?.id ?? '';
    await world.get(EncountersService).contactMade(peer.principal, assignmentId);
    await world.get(EncountersService).closeOut(peer.principal, assignmentId, { outcome: 'supported', reasons: [], intensity: 'critical' });
    const requestId = await world.given.request();
    const match = (by: Person) => world.get(MatchService).of(by.principal, requestId);
    const assign = (by: Person) =>
      world.get(ByHandService).assign(by.principal, requestId, { personId: peer.personId, agreed: 'by-phone' }).catch(({ code, details }: { code: string; details: unknown }) => ({ code, details }));
    const seen = async () => [await match(coordinator), await match(supervisor), await assign(coordinator), await assign(supervisor)];
    const after = await seen();
    expect((await match(own)).excluded).toContainEqual({ code: 'after-critical-contact', count: 1 });
    expect(await assign(own)).toMatchObject({ code: 'gate-closed' });
    await world.get(AwayService).pause(peer.personId);
    expect(await seen()).toEqual(after);
  });
});
