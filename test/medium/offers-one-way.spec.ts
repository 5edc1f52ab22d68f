import pg from 'pg';
import { createWorld, type World } from '../support/world.js';

const PENDING = `o.status = 'pending' AND o.purpose = 'contact'`;

/** The server knows of no offer yet, so that one way seems as dear as another: as in the first minute of a surge. */
describe('while the statistics know of no offers, pending ones', () => {
  let world: World;
  let owner: pg.Client;
  beforeAll(async () => {
    world = await createWorld();
    owner = new pg.Client({ connectionString: world.databaseUrl });
    await owner.connect();
    await owner.query('ANALYZE offer');
    await owner.query('SET enable_seqscan = off');
  });
  afterAll(async () => {
    await owner.end();
    await world.close();
  });

  async function planOf(statement: string): Promise<string> {
    const { rows } = await owner.query<{ 'QUERY PLAN': string }>(`EXPLAIN (GENERIC_PLAN) ${statement}`);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  it('of a person are found by the person', async () => {
    expect(await planOf(`SELECT 1 FROM offer o WHERE o.person_id = $1::uuid AND ${PENDING}`)).toMatch(/one_pending_contact_offer_per_person[^]*Index Cond: \(person_id = \$1\)/);
  });

  it('of many people are found by the people', async () => {
    expect(await planOf(`SELECT o.person_id FROM offer o WHERE o.person_id = ANY($1::uuid[]) AND ${PENDING}`)).toMatch(/one_pending_contact_offer_per_person[^]*Index Cond: \(person_id = ANY/);
  });

  it('of a request are found by the request', async () => {
    expect(await planOf(`SELECT 1 FROM offer o WHERE o.subject_id = $1::uuid AND ${PENDING}`)).toMatch(/(offers_pending|offers_of_subject|offered_once_per_round)[^]*Index Cond: [^]*subject_id = \$1/);
  });
});
