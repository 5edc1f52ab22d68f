import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConsultService } from '../../src/dispatch/consult.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { PAGE_HOLDS_MS } from '../../src/platform/database/live-channel.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { OnCallService } from '../../src/programmes/on-call.service.js';
import { EventStream } from '../support/event-stream.js';
import type { Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { cookieOf, listening } from '../support/listening.js';
import { acceptedBy } from '../support/work.js';
import { afresh, createWorld, secondProcess, type World } from '../support/world.js';

let shared: World;
let elsewhere: NestFastifyApplication;
let api: Api;
let world: World;
let programme: Programme;
let supervisor: Person;
let consultId: string;
beforeAll(async () => {
  shared = await createWorld();
  elsewhere = await secondProcess(shared);
  api = await listening({ app: elsewhere });
});
beforeEach(async () => {
  world = afresh(shared);
  programme = await world.given.programme({ cover: 'none' });
  supervisor = await world.given.supervisor({ canSignIn: true });
});
afterAll(async () => {
  await elsewhere.close();
  await shared.close();
});

/** A lead in contact asks for advice, and this supervisor is all there is. */
async function asked(): Promise<void> {
  await world.db.withTx((tx) => world.get(OnCallService).setList(tx, programme.id, [supervisor.accountId]));
  const lead = await world.given.peerOnDuty({ programmes: [programme] });
  const { requestId } = await acceptedBy(world, world.given, programme, lead);
  const assignmentId = (await world.look.assignments(requestId))[0]?.id ?? '';
  await world.get(EncountersService).contactMade(lead.principal, assignmentId);
  consultId = await world.get(ConsultService).ask(lead.principal, assignmentId);
}
const alarms = async () => (await world.look.alarms()).filter(({ kind, subjectId, closedAt }) => kind === 'consult-unheard' && subjectId === consultId && closedAt === null);
async function aMinuteLater(): Promise<void> {
  world.clock.forward({ minutes: 1 });
  await world.sweep();
}

describe('a lead who asks for advice', () => {
  it('is on the boards at once when nobody who was asked can be reached', async () => {
    await asked();
    expect(await alarms()).toMatchObject([{ pagesSent: 1 }]);
    const { paged } = await world.db.read((tx) => tx.one<{ paged: number }>('SELECT count(*)::int AS paged FROM page WHERE subject_id = $1 AND account_id = $2', [consultId, supervisor.accountId]));
    expect(paged).toBe(1);
  });

  it.each([
    ['is not while a page of a supervisor is there, seen by whichever process', PAGE_HOLDS_MS - 1, []],
    ['is once that page counts as gone', PAGE_HOLDS_MS, [{ pagesSent: 1 }]],
  ] as const)('%s', async (_, goneMs, shown) => {
    const line = await EventStream.open(api.baseUrl, await cookieOf(api, supervisor));
    line.close();
    world.clock.forward({ ms: goneMs });
    await asked();
    expect(await alarms()).toMatchObject(shown);
  });

  it('is not any more once one of them can be reached', async () => {
    await asked();
    expect(await alarms()).toHaveLength(1);
    await world.given.reachable(supervisor);
    await aMinuteLater();
    expect(await alarms()).toEqual([]);
  });
});
