import { OffersService } from '../../src/dispatch/offers.service.js';
import { DomainError } from '../../src/platform/errors.js';
import { SessionsService } from '../../src/access/sessions.service.js';
import { Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const REQUESTS = 500;
const HTTP_REQUESTS = 40;
/** Far more than it takes; a busy machine is no finding. */
const RACE_MS = 300_000;
const PEERS = 8;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** Through the real intake, ten at a time. */
async function takenIn(count: number): Promise<string[]> {
  const ids = [await world.given.request()];
  while (ids.length < count) {
    const batch = Math.min(10, count - ids.length);
    ids.push(...(await Promise.all(Array.from({ length: batch }, () => world.given.request()))));
  }
  return ids;
}

/** Every request offered to eight peers of its own at once: what a wave of eight leaves behind. */
async function offeredToEight(requestIds: readonly string[], run: string): Promise<Map<string, { offerId: string; personId: string }[]>> {
  const template = await world.given.peerOnDuty();
  await world.db.withTx(async (tx) => {
    const at = world.clock.now();
    await tx.run(`INSERT INTO person (id, display_name, created_at) SELECT gen_random_uuid(), $3 || n, $1 FROM generate_series(1, $2::int) n`, [
      at, requestIds.length * PEERS, `${run} `,
    ]);
    await tx.run(
      `INSERT INTO account (id, person_id, email, roles, status, created_at)
       SELECT gen_random_uuid(), id, id || '@example.test', '{peer}', 'active', $1 FROM person WHERE display_name LIKE $2 || ' %'`,
      [at, run],
    );
    await tx.run(
      `INSERT INTO on_duty (person_id, duty_as, mode, programme_ids, contact_kinds, capacity, traits, since, until)
       SELECT p.id, d.duty_as, d.mode, d.programme_ids, d.contact_kinds, 1, d.traits, d.since, d.until
       FROM person p, on_duty d WHERE p.display_name LIKE $2 || ' %' AND d.person_id = $1`,
      [template.personId, run],
    );
    await tx.run(
      `INSERT INTO offer (id, purpose, subject_id, person_id, round, tier, status, why, policy_version_id, made_at, expires_at, closes_at)
       SELECT gen_random_uuid(), 'contact', r.id, p.id, 1, 1, 'pending', '{"terms":[]}', q.policy_version_id, $2::timestamptz,
              $2::timestamptz + interval '60 s', $2::timestamptz + interval '65 s'
       FROM (SELECT id, row_number() OVER () AS n FROM unnest($1::uuid[]) AS id) r
       JOIN (SELECT id, row_number() OVER () AS n FROM person WHERE display_name LIKE $4 || ' %') p ON (p.n - 1) / $3::int = r.n - 1
       JOIN crisis_request q ON q.id = r.id`,
      [requestIds, at, PEERS, run],
    );
  });
  const rows = await world.db.read((tx) =>
    tx.rows<{ offerId: string; subjectId: string; personId: string }>(`SELECT id AS offer_id, subject_id, person_id FROM offer WHERE status = 'pending'`),
  );
  const offers = new Map<string, { offerId: string; personId: string }[]>(requestIds.map((id) => [id, []]));
  for (const row of rows) offers.get(row.subjectId)?.push(row);
  return offers;
}

it(`gives each of ${REQUESTS} requests exactly one lead when ${PEERS} peers accept it at once, without a deadlock`, async () => {
  const requestIds = await takenIn(REQUESTS);
  const offers = await offeredToEight(requestIds, 'Racer');
  const deadlocksBefore = await deadlocks();
  const accepted = new Map<string, number>();
  const refusals = new Map<string, number>();
  const attempts = requestIds.flatMap((requestId) =>
    (offers.get(requestId) ?? []).map(async ({ offerId, personId }) => {
      try {
        const { requestId: won } = await world.get(OffersService).accept(offerId, personId, { kind: 'system' });
        accepted.set(won, (accepted.get(won) ?? 0) + 1);
      } catch (error) {
        const code = error instanceof DomainError ? error.code : String(error);
        refusals.set(code, (refusals.get(code) ?? 0) + 1);
      }
    }),
  );
  await Promise.all(attempts);
  expect(attempts).toHaveLength(REQUESTS * PEERS);
  expect([...accepted.values()].filter((leads) => leads !== 1)).toEqual([]);
  expect(accepted.size).toBe(REQUESTS);
  expect([...refusals.keys()]).toEqual(['request-already-assigned']);
  const { leads, doubles, open } = await world.db.read((tx) =>
    tx.one<{ leads: number; doubles: number; open: number }>(
      `SELECT (SELECT count(*)::int FROM assignment WHERE ended_at IS NULL AND seat = 'lead') AS leads,
              (SELECT count(*)::int FROM (SELECT 1 FROM assignment WHERE ended_at IS NULL AND seat = 'lead' GROUP BY request_id HAVING count(*) > 1) d) AS doubles,
              (SELECT count(*)::int FROM offer WHERE status = 'pending') AS open`,
    ),
  );
  expect({ leads, doubles, open }).toEqual({ leads: REQUESTS, doubles: 0, open: 0 });
  expect(await deadlocks()).toBe(deadlocksBefore);
}, RACE_MS);

it(`gives each of ${HTTP_REQUESTS} requests exactly one lead when ${PEERS} peers accept it at once over HTTP`, async () => {
  const api = await listening(world);
  const requestIds = await takenIn(HTTP_REQUESTS);
  const offers = await offeredToEight(requestIds, 'Caller');
  const sessions = await sessionsOf([...offers.values()].flat().map(({ personId }) => personId));
  const answers = await Promise.all(
    requestIds.flatMap((requestId) =>
      (offers.get(requestId) ?? []).map(async ({ offerId, personId }) => {
        const peer = new Api(api.baseUrl, { cookie: `pd_session=${sessions.get(personId) ?? ''}` });
        const answer = await peer.post(`/offers/${offerId}/accept`);
        return { requestId, status: answer.status, code: answer.body['code'] };
      }),
    ),
  );
  expect(answers).toHaveLength(HTTP_REQUESTS * PEERS);
  for (const requestId of requestIds) {
    const here = answers.filter((answer) => answer.requestId === requestId);
    expect(here.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(here.filter(({ status, code }) => status === 409 && code === 'request-already-assigned')).toHaveLength(PEERS - 1);
  }
}, RACE_MS);

/** A session token for each person, as a sign-in would give it. */
async function sessionsOf(personIds: readonly string[]): Promise<Map<string, string>> {
  return world.db.withTx(async (tx) => {
    const accounts = await tx.rows<{ id: string; personId: string }>('SELECT id, person_id FROM account WHERE person_id = ANY($1)', [personIds]);
    const tokens = new Map<string, string>();
    for (const { id, personId } of accounts) tokens.set(personId, await world.get(SessionsService).begin(tx, id));
    return tokens;
  });
}

async function deadlocks(): Promise<number> {
  const { found } = await world.db.read((tx) => tx.one<{ found: number }>(`SELECT deadlocks::int AS found FROM pg_stat_database WHERE datname = current_database()`));
  return found;
}
