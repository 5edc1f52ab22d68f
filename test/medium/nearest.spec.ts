import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByHandService } from '../../src/dispatch/by-hand.service.js';
import { CourseService } from '../../src/dispatch/course.service.js';
import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { isBusy } from '../../src/dispatch/domain/gates.js';
import { rank } from '../../src/dispatch/domain/score.js';
import { FieldService } from '../../src/dispatch/field.service.js';
import { LimitsService } from '../../src/peers/limits.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { RequestRecords } from '../../src/requests/request-records.js';
import type { Trait } from '../../src/peers/domain/peer.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

/** As many as are read in full at first. */
const NEAREST = 16;

let world: World;
let programme: Programme;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  programme = await world.given.programme();
});

/** Who would be asked first by what weighs alone, and by everything that is known of everybody. */
async function bothWays(requestId: string): Promise<{ nearest: readonly string[]; inFull: readonly string[] }> {
  return world.db.withTx(async (tx) => {
    const request = await world.get(RequestRecords).lock(tx, requestId);
    if (!request) throw new Error('the request is gone');
    const course = await world.get(CourseService).load(tx, request);
    const now = world.clock.now();
    const field = world.get(FieldService);
    const open = await field.open(tx, course, 'lead', now);
    const { weights } = course.policy.content;
    const { fitting } = await field.all(tx, open, now);
    const free = fitting.filter((candidate) => !candidate.askedThisRound && !isBusy(candidate));
    return { nearest: await field.nearest(tx, open, weights, now), inFull: rank(free, open.demand, weights, now).map(({ candidate }) => candidate.personId) };
  });
}

const crowd = (count: number): Promise<Person[]> => Promise.all(Array.from({ length: count }, () => world.given.peerOnDuty({ programmes: [programme] })));

describe('the few who are read in full', () => {
  const TRAITS: Trait[] = [
    { kind: 'experience', code: 'loss', consent: 'match-only' }, { kind: 'experience', code: 'substance-use', consent: 'match-only' },
    { kind: 'population', code: 'veteran', consent: 'may-be-told' },
  ];
  const aPeer = fc.record({
    speaks: fc.constantFrom(['en'], ['en', 'es'], ['es', 'en']), traits: fc.subarray(TRAITS), capacity: fc.constantFrom(1, 2), hours: fc.constantFrom(0.5, 2, 8),
    busyWith: fc.nat(2),
  });

  it('are those who come first by everything that is known, whatever weighs, in the same order', async () => {
    const wishes = fc.record({ experience: fc.subarray(['loss', 'substance-use']), populations: fc.subarray(['veteran']), language: fc.constantFrom('en', 'es'), liked: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(aPeer, { minLength: 3, maxLength: 8 }), wishes, async (peers, { language, liked, ...needs }) => {
        programme = await world.given.programme();
        const supervisor = await world.given.supervisor({ programmes: [programme] });
        for (const { busyWith, ...about } of peers) {
          const peer = await world.given.peerOnDuty({ ...about, traits: [...about.traits], programmes: [programme] });
          for (let other = 0; other < Math.min(busyWith, about.capacity); other += 1) {
            await world.get(ByHandService).assign(supervisor.principal, await world.given.request({ programme }), { personId: peer.personId, agreed: 'by-phone', overrides: [] });
          }
        }
        const { nearest, inFull } = await bothWays(
          await world.given.request({ programme, needs, language, preferences: liked ? [{ kind: 'language', value: language === 'en' ? 'es' : 'en', strength: 'would-like' }] : [] }),
        );
        // Whoever leaves too soon is kept out by a gate, and by nothing that weighs.
        expect(nearest.filter((personId) => inFull.includes(personId))).toEqual(inFull);
      }),
      { numRuns: 12 },
    );
  });

  it('are no more than a few of many, and the first of all', async () => {
    await crowd(NEAREST + 4);
    const { nearest, inFull } = await bothWays(await world.given.request({ programme }));
    expect([nearest.length, inFull.length]).toEqual([NEAREST, NEAREST + 4]);
    expect(nearest).toEqual(inFull.slice(0, NEAREST));
  });
});

it('a wave is filled by those behind the few where a gate keeps most of these out', async () => {
  const [fits, ...barred] = await crowd(NEAREST);
  const behind = [await world.given.peerOnDuty({ programmes: [programme], speaks: ['es', 'en'] }), await world.given.peerOnDuty({ programmes: [programme], speaks: ['es', 'en'] })];
  for (const { personId } of barred) await world.get(LimitsService).set(personId, { contactKinds: ['text'], maxAcuity: null, buddyOnly: false, noNights: false, hoursAWeek: null, from: world.clock.now(), until: null });
  const id = await world.given.request({ programme, acuity: 1 });
  await world.get(DispatchService).advance(id);
  // Two at once for the most urgent.
  const asked = (await world.look.offers(id)).map(({ personId }) => personId);
  expect([asked.length, asked.includes(fits?.personId ?? ''), behind.some(({ personId }) => asked.includes(personId))]).toEqual([2, true, true]);
});

it('who comes after all of the few is asked when a gate keeps every one of those out', async () => {
  const barred = await crowd(NEAREST);
  const last = await world.given.peerOnDuty({ programmes: [programme], speaks: ['es', 'en'] });
  for (const { personId } of barred) await world.get(LimitsService).set(personId, { contactKinds: ['text'], maxAcuity: null, buddyOnly: false, noNights: false, hoursAWeek: null, from: world.clock.now(), until: null });
  const id = await world.given.request({ programme });
  expect((await bothWays(id)).nearest).not.toContain(last.personId);
  await world.get(DispatchService).advance(id);
  expect(await world.look.pendingOffer(id)).toMatchObject({ personId: last.personId });
});
