import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../src/platform/time.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { CoverService } from '../../src/shifts/cover.service.js';
import { thinCover, type There, type Thin } from '../../src/shifts/domain/thin-cover.js';
import { onDuty } from '../bench/people.js';
import { createWorld, type World } from '../support/world.js';

/** More than two pages of what thin cover reads at a time; they speak English, and every third Spanish. */
const CROWD = 500;

describe('thin cover of a programme with more on duty than anybody reads', () => {
  let world: World;
  let programme: Programme;
  beforeAll(async () => {
    world = await createWorld();
  });
  beforeEach(async () => {
    programme = await world.given.programme();
    await onDuty(world.databaseUrl, [{ programme, count: CROWD, since: world.clock.now() }]);
  });
  afterAll(() => world.close());

  const thin = (wanted: readonly string[] = []): Promise<Thin[]> =>
    world.db.read((tx) => world.get(CoverService).thinFor(tx, programme.id, wanted, world.clock.now()));
  const told = async (wanted?: readonly string[]): Promise<Thin[]> => (await thin(wanted)).filter(({ kind }) => kind !== 'supervisor-unreachable');
  const change = (set: string, whose = ''): Promise<unknown> =>
    world.db.withTx((tx) => tx.run(`UPDATE on_duty SET ${set} WHERE traits @> ARRAY['programme:' || $1] ${whose}`, [programme.id]));
  const inHours = (hours: number): Date => new Date(world.clock.now().getTime() + hours * HOUR_MS);

  it('misses nothing while everybody stays', async () => {
    expect(await told()).toEqual([]);
    expect(await told(['so'])).toEqual([{ kind: 'language', language: 'so', from: null }]);
  });

  it('finds the one who speaks a language nobody else does, however soon they go', async () => {
    const only = await world.given.peerOnDuty({ programmes: [programme], speaks: ['en', 'ko'], hours: 1 });
    expect(await told()).toEqual([{ kind: 'language', language: 'ko', from: inHours(1) }]);
    await world.given.pageSeen(only, inHours(-1));
    expect(await told()).toEqual([]);
  });

  it('finds a language many speak when all of them go before those who do not', async () => {
    await change(`until = until - interval '6 hours'`, `AND traits @> '{language:es}'`);
    expect(await told()).toEqual([{ kind: 'language', language: 'es', from: inHours(2) }]);
  });

  it('says when the last goes, and leaves out who is on the way out or whose page is gone', async () => {
    await change(`until = until - interval '7 hours'`);
    const last = await world.given.peerOnDuty({ programmes: [programme], hours: 3 });
    expect(await told()).toEqual([{ kind: 'language', language: 'es', from: inHours(1) }, { kind: 'peers', language: null, from: inHours(3) }]);
    await world.given.pageSeen(last, inHours(-1));
    expect(await told()).toEqual([{ kind: 'peers', language: null, from: inHours(1) }]);
    await change('draining = true');
    expect(await told()).toEqual([{ kind: 'peers', language: null, from: null }]);
  });

  it('says what a look at every one of them says, whoever goes when and speaks what', async () => {
    await change(`until = until - get_byte(uuid_send(person_id), 0) * 7.0 / 255 * interval '1 hour',
      traits = traits || CASE WHEN get_byte(uuid_send(person_id), 1) < 3 THEN '{language:ko}'::text[] WHEN get_byte(uuid_send(person_id), 1) < 9 THEN '{language:vi,language:ar}' ELSE '{}' END`);
    const everybody = await world.db.read((tx) => tx.rows<{ until: Date; traits: string[] }>(`SELECT until, traits FROM on_duty WHERE traits @> ARRAY['programme:' || $1]`, [programme.id]));
    const there = everybody.map(({ until, traits }): There => ({ as: 'peer', until, languages: traits.filter((each) => each.startsWith('language:')).map((each) => each.slice(9)) }));
    for (const hours of [0, 2, 4, 6]) {
      const now = world.clock.now();
      const still = there.filter(({ until }) => until !== null && until > now);
      expect([hours, await told(['ru'])]).toEqual([hours, thinCover([...still, { as: 'supervisor', until: null, languages: [] }], ['ru'], now, 4 * HOUR_MS)]);
      world.clock.forward({ hours: 2 });
    }
  });
});
