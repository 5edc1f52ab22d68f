import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CandidatesStore, type CandidateRow } from '../../src/dispatch/candidates.store.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

const YEARS = 5_000;

describe('a peer who has served for years', () => {
  let world: World;
  let programme: Programme;
  let peer: Person;
  let owner: pg.Client;
  let before: string;
  beforeEach(async () => {
    world = await createWorld();
    programme = await world.given.programme();
    peer = await world.given.peerOnDuty();
    before = await world.given.request({ programme });
    owner = new pg.Client({ connectionString: world.databaseUrl });
    await owner.connect();
  });
  afterEach(async () => {
    await owner.end();
    await world.close();
  });

  const hoursAgo = (hours: number): Date => new Date(world.clock.now().getTime() - hours * 3_600_000);
  const assigned = (count: number, from: (n: string) => string, until: (n: string) => string): Promise<unknown> =>
    owner.query(
      `INSERT INTO assignment (id, request_id, person_id, seat, slot, accepted_at, contact_due_at, contact_made_at, ended_at, end_reason, intensity)
       SELECT gen_random_uuid(), $1, $2, 'lead', 1, at, at, at, ended, 'closed', 'calm'
       FROM (SELECT ${from('n')} AS at, ${until('n')} AS ended FROM generate_series(1, $4::int) n) t, (SELECT $3::timestamptz) x`,
      [before, peer.personId, world.clock.now(), count],
    );
  const looked = (): Promise<{ row: CandidateRow; read: number }> =>
    world.db.withTx(async (tx) => {
      const wanted = { request: { id: '00000000-0000-0000-0000-000000000000', round: 1, programmeId: programme.id }, timeZone: 'UTC', credentials: [], policyId: null };
      const [row] = await world.get(CandidatesStore).those(tx, wanted, world.clock.now(), [peer.personId]);
      const { read } = await tx.one<{ read: number }>(`SELECT sum(seq_tup_read + idx_tup_fetch)::int AS read FROM pg_stat_xact_user_tables WHERE relname = ANY('{assignment,duty_period}')`);
      if (!row) throw new Error('the peer is not on duty');
      return { row, read };
    });

  it('is looked at without reading it all, and their last contact is known all the same', async () => {
    await assigned(YEARS, (n) => `$3::timestamptz - ${n} * interval '7 hours' - interval '30 days'`, (n) => `$3::timestamptz - ${n} * interval '7 hours' - interval '30 days' + interval '1 hour'`);
    await owner.query(
      `INSERT INTO duty_period (person_id, duty_as, since, ended_at)
       SELECT $1, 'peer', $2::timestamptz - n * interval '7 hours' - interval '30 days', $2::timestamptz - n * interval '7 hours' - interval '29 days 20 hours' FROM generate_series(1, $3::int) n`,
      [peer.personId, world.clock.now(), YEARS],
    );
    await owner.query('ANALYZE assignment, duty_period');
    const { row, read } = await looked();
    expect(read).toBeLessThan(10);
    expect([row.lastContactAt, row.contacts, row.contacts24h]).toEqual([hoursAgo(30 * 24 + 7), [], 0]);
  });

  it('is known by what ended within two days, to the minute, and by what began before it', async () => {
    await assigned(1, () => `$3::timestamptz - interval '72 hours'`, () => `$3::timestamptz - interval '48 hours'`);
    expect((await looked()).row.contacts).toEqual([]);
    await assigned(1, () => `$3::timestamptz - interval '71 hours'`, () => `$3::timestamptz - interval '47 hours 59 minutes'`);
    expect((await looked()).row.contacts).toMatchObject([{ from: hoursAgo(71), intensity: 'calm' }]);
  });

  it('counts for the day the contacts made in the last 24 hours', async () => {
    await assigned(1, () => `$3::timestamptz - interval '24 hours'`, () => `$3::timestamptz - interval '23 hours'`);
    await assigned(1, () => `$3::timestamptz - interval '23 hours 59 minutes'`, () => `$3::timestamptz - interval '23 hours'`);
    expect((await looked()).row).toMatchObject({ contacts24h: 1, lastContactAt: new Date(hoursAgo(24).getTime() + 60_000) });
  });
});
