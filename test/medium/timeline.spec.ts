import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ground } from '../../src/platform/ground.js';
import { PASSWORD } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { acceptedBy } from '../support/work.js';
import { createWorld, type World } from '../support/world.js';

const MINUTE_MS = 60_000;

describe('the timeline of a request that nobody answered for ten hours', () => {
  let world: World;
  let desk: Api;
  let path: string;

  beforeAll(async () => {
    world = await createWorld();
    const programme = await world.given.programme();
    const coordinator = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    const { requestId } = await acceptedBy(world, world.given, programme, peer);
    path = `/requests/${requestId}/timeline`;
    desk = await (await listening(world)).signIn(coordinator.email, PASSWORD);
    // As the pages of an escalation stand in the trail, one a minute.
    const { db, events } = world.get(Ground);
    const last = world.clock.now().getTime() - MINUTE_MS;
    await db.withTx(async (tx) => {
      for (let number = 1; number <= 600; number += 1) {
        await events.append(tx, new Date(last - (600 - number) * MINUTE_MS), {
          subjectType: 'request', subjectId: requestId, programmeId: programme.id, version: 1, type: 'escalation.paged', actor: { kind: 'system' },
          data: { requestId, number, recipients: 1 },
        });
      }
    });
  });
  afterAll(() => world.close());

  const numbersOf = (items: readonly Record<string, unknown>[]): unknown[] => items.flatMap(({ detail }) => (detail as { number?: number }).number ?? []);

  it('ends with its newest step, however many pages came before', async () => {
    const { items, nextCursor } = (await desk.get(path)).body as { items: Record<string, unknown>[]; nextCursor: string };
    expect(items.map(({ type }) => type)).toContain('offer.accepted');
    expect(items).toHaveLength(500);
    expect(nextCursor).toEqual(expect.any(String));
  });

  it('goes back to the first step, each line once and in order, with the time since the one before', async () => {
    const newest = (await desk.get(path)).body as { nextCursor: string };
    const earlier = (await desk.get(`${path}?cursor=${newest.nextCursor}`)).body as { items: Record<string, unknown>[]; nextCursor: string | null };
    expect(earlier.nextCursor).toBeNull();
    const all = [...earlier.items, ...itemsOf(await desk.get(path))];
    expect(numbersOf(all)).toEqual(Array.from({ length: 600 }, (_, at) => at + 1));
    const pages = all.filter(({ type }) => type === 'escalation.paged');
    expect(new Set(pages.slice(1).map(({ sinceLastMs }) => sinceLastMs))).toEqual(new Set([MINUTE_MS]));
  });

  it('refuses a cursor it did not hand out', async () => {
    expect((await desk.get(`${path}?cursor=nonsense`)).status).toBe(422);
  });
});
