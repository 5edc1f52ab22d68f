import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BoardService } from '../../src/dispatch/board.service.js';
import { DeskService } from '../../src/dispatch/desk.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { OnCallService } from '../../src/programmes/on-call.service.js';
import { CheckInService } from '../../src/shifts/check-in.service.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

const DANGER = { safety: { imminentDanger: 'yes', violence: 'no', medicalEmergency: 'no', minor: 'no' } } as const;

let world: World;
let programme: Programme;
let coordinator: Person;
let requestId: string;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** What alarms on the boards now: nobody has it in hand. */
async function alarming(): Promise<string[]> {
  const { alarms } = await world.db.read((tx) => world.get(BoardService).board(tx, coordinator.principal, 300));
  return alarms.filter(({ acknowledgedAt }) => acknowledgedAt === null).map(({ subjectId }) => subjectId);
}
async function taken(): Promise<void> {
  const [escalation] = await world.look.escalations(requestId);
  await world.get(DeskService).acknowledge(coordinator.principal, escalation?.id ?? '');
}
async function minuteLater(): Promise<void> {
  world.clock.forward({ minutes: 1 });
  await world.sweep();
}
const onCall = (...people: Person[]): Promise<void> => world.db.withTx((tx) => world.get(OnCallService).setList(tx, programme.id, people.map(({ accountId }) => accountId)));

describe('an escalation that somebody at the desk has taken', () => {
  beforeEach(async () => {
    programme = await world.given.programme({ cover: 'none' });
    coordinator = await world.given.coordinator({ programmes: [programme] });
    requestId = await world.given.request({ programme, by: coordinator, ...DANGER });
  });

  it.each([
    ['there is no supervisor', async () => onCall()],
    ['no supervisor has anything to hear a page with', async () => onCall(await world.given.supervisor({ programmes: [programme] }))],
  ])('alarms on the boards again with each page while %s, until somebody takes it anew', async (_, standing) => {
    await standing();
    for (let times = 0; times < 3; times += 1) {
      expect(await alarming()).toContain(requestId);
      await taken();
      expect(await alarming()).not.toContain(requestId);
      await minuteLater();
    }
    expect(await alarming()).toContain(requestId);
  });

  it('leaves the boards quiet while a supervisor can be paged', async () => {
    const supervisor = await world.given.supervisor({ programmes: [programme] });
    await world.get(CheckInService).checkIn(supervisor.principal, {
      dutyAs: 'supervisor', mode: 'active', programmeIds: [programme.id], until: after(world.clock.now(), 8 * HOUR_MS), contactKinds: [], maxAcuity: null, buddyOnly: false, capacity: 1, place: null,
    });
    await taken();
    await minuteLater();
    await minuteLater();
    expect(await alarming()).not.toContain(requestId);
  });
});
