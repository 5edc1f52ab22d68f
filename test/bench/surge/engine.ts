import { DispatchService } from '../../../src/dispatch/dispatch.service.js';
import { OffersService } from '../../../src/dispatch/offers.service.js';
import { EncountersService } from '../../../src/encounters/encounters.service.js';
import type { AccountPrincipal } from '../../../src/access/principal.js';
import type { Acuity } from '../../../src/requests/domain/request.js';
import { createWorld, type World } from '../../support/world.js';
import { onDuty } from '../people.js';
import type { Checks } from '../report.js';

const AT_ONCE = 8;
const MOST_ROUNDS = 40;

/** A surge through the whole engine on its database, by a clock that moves: peers accept at once and talk for 20 minutes. */
export async function engineThroughASurge({ requests, peers }: { requests: number; peers: number }, checks: Checks): Promise<void> {
  const world = await createWorld({ push: 'off' });
  try {
    const programme = await world.given.programme();
    await onDuty(world.databaseUrl, [{ programme, count: peers, since: world.clock.now() }]);
    const ids: string[] = [];
    for (let at = 0; at < requests; at += 1) ids.push(await world.given.request({ programme, acuity: ((at % 4) + 1) as Acuity, language: at % 5 === 0 ? 'es' : 'en' }));
    await atOnce(ids, (id) => world.get(DispatchService).advance(id));
    for (let round = 0; round < MOST_ROUNDS && (await openIn(world)) > 0; round += 1) await answeredAll(world);
    const outcome = await world.db.read((tx) => tx.one(OUTCOME));
    checks.same(`the engine itself, ${requests} requests and ${peers} peers: 0 lost, 0 double`, outcome, { closed: requests, leads: requests, requestsLed: requests, overlaps: 0 });
  } finally {
    await world.close();
  }
}

const OUTCOME = `SELECT (SELECT count(*)::int FROM crisis_request WHERE state = 'closed') AS closed,
  (SELECT count(*)::int FROM assignment WHERE seat = 'lead') AS leads, (SELECT count(DISTINCT request_id)::int FROM assignment) AS requests_led,
  (SELECT count(*)::int FROM assignment a JOIN assignment b ON b.person_id = a.person_id AND b.id > a.id
   WHERE tstzrange(a.accepted_at, a.ended_at) && tstzrange(b.accepted_at, b.ended_at)) AS overlaps`;

async function openIn(world: World): Promise<number> {
  return (await world.db.read((tx) => tx.one<{ open: number }>(`SELECT count(*)::int AS open FROM crisis_request WHERE state <> 'closed'`))).open;
}

async function answeredAll(world: World): Promise<void> {
  await world.sweep();
  const offers = await world.db.read((tx) => tx.rows<{ id: string; personId: string }>(`SELECT id, person_id FROM offer WHERE status = 'pending'`));
  const talking: { id: string; peer: AccountPrincipal }[] = [];
  await atOnce(offers, async ({ id, personId }) => {
    const peer = asPeer(personId);
    const assignment = await world.get(OffersService).accept(id, personId, { kind: 'account', id: personId }).catch(() => null);
    // Emergent requests ask two at once, and the second comes too late.
    if (!assignment) return;
    await world.get(EncountersService).contactMade(peer, assignment.id);
    talking.push({ id: assignment.id, peer });
  });
  world.clock.forward({ minutes: 20 });
  await atOnce(talking, ({ id, peer }) => world.get(EncountersService).closeOut(peer, id, { outcome: 'supported', reasons: [], intensity: 'calm' }));
}

function asPeer(personId: string): AccountPrincipal {
  return { kind: 'account', accountId: personId, personId, roles: ['peer'], peer: true, sessionId: personId };
}

async function atOnce<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = [...all];
  const lane = async (): Promise<void> => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
