import type { Assignment } from '../../src/dispatch/domain/assignment.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { DomainError } from '../../src/platform/errors.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await world.given.programme();
});
afterEach(() => world.close());

const actorOf = (peer: Person) => ({ kind: 'account', id: peer.accountId }) as const;
const accept = (peer: Person, offerId: string): Promise<Assignment> => world.get(OffersService).accept(offerId, peer.personId, actorOf(peer));
const pending = async (id: string) => (await world.look.offers(id)).filter(({ status }) => status === 'pending');
const liveLeads = async (id: string) => (await world.look.assignments(id)).filter(({ seat, endedAt }) => seat === 'lead' && endedAt === null);

/** A request this peer is in contact for and must leave; nobody else was on duty when it came. */
async function handingOver(peer: Person, successors: () => Promise<unknown>): Promise<{ id: string; lead: Assignment }> {
  const id = await world.given.request();
  await world.sweep();
  const lead = await accept(peer, (await world.look.pendingOffer(id)).id);
  await world.get(EncountersService).contactMade(peer.principal, lead.id);
  await successors();
  await world.get(GivingUpService).giveUp(lead.id, peer.personId, 'must-go', actorOf(peer));
  await world.sweep();
  return { id, lead };
}

function codeOf(answer: PromiseSettledResult<unknown>): string {
  if (answer.status === 'fulfilled') return 'done';
  return answer.reason instanceof DomainError ? answer.reason.code : String(answer.reason);
}

/** A wave as wide as there are peers: the same offer to each who has none yet. */
async function offerToEach(id: string, peers: readonly Person[]): Promise<void> {
  await world.db.withTx((tx) =>
    tx.run(
      `INSERT INTO offer (id, purpose, subject_id, person_id, seat, round, tier, status, why, policy_version_id, made_at, expires_at, closes_at)
       SELECT gen_random_uuid(), purpose, subject_id, p.id, seat, round, tier, status, why, policy_version_id, made_at, expires_at, closes_at
       FROM (SELECT * FROM offer WHERE subject_id = $1 AND status = 'pending' LIMIT 1) o, unnest($2::uuid[]) AS p(id)
       WHERE NOT EXISTS (SELECT 1 FROM offer x WHERE x.subject_id = $1 AND x.status = 'pending' AND x.person_id = p.id)`,
      [id, peers.map(({ personId }) => personId)],
    ),
  );
}

describe('at once', () => {
  it.each([1, 2, 3, 4, 5])('accept and withdraw: one of them happens, whole (run %i)', async () => {
    const peer = await world.given.peerOnDuty();
    const desk = await world.given.coordinator();
    const id = await world.given.request();
    await world.sweep();
    const offer = await world.look.pendingOffer(id);
    const answers = await Promise.allSettled([accept(peer, offer.id), world.get(OffersService).withdraw(offer.id, actorOf(desk))]);
    const [accepted, withdrawn] = answers.map(codeOf);
    expect([['done', 'offer-no-longer-open'], ['offer-no-longer-open', 'done']]).toContainEqual([accepted, withdrawn]);
    expect(await liveLeads(id)).toHaveLength(accepted === 'done' ? 1 : 0);
    expect((await world.look.request(id)).state).toBe(accepted === 'done' ? 'assigned' : 'searching');
  });

  it.each([1, 2, 3, 4, 5])('accept and leaving: the request is led or goes on, and never both (run %i)', async () => {
    const peer = await world.given.peerOnDuty();
    const id = await world.given.request();
    await world.sweep();
    const offer = await world.look.pendingOffer(id);
    const [accepted, left] = (await Promise.allSettled([accept(peer, offer.id), world.get(AwayService).pause(peer.personId)])).map(codeOf);
    expect(left).toBe('done');
    expect(['done', 'offer-no-longer-open', 'peer-unavailable']).toContain(accepted);
    expect(await liveLeads(id)).toEqual([]);
    expect(await world.get(DutyService).ofPerson(peer.personId)).toEqual([]);
    await world.sweep();
    expect(['searching', 'escalated']).toContain((await world.look.request(id)).state);
  });

  it('eight who take over: exactly one is the new lead, and the old one is free', async () => {
    const peer = await world.given.peerOnDuty();
    const others: Person[] = [];
    const { id } = await handingOver(peer, async () => {
      for (let made = 0; made < 8; made += 1) others.push(await world.given.peerOnDuty());
    });
    await offerToEach(id, others);
    const offers = await pending(id);
    expect(offers).toHaveLength(8);
    const answers = await Promise.allSettled(
      others.map((other) => accept(other, offers.find(({ personId }) => personId === other.personId)?.id ?? '')),
    );
    expect(answers.map(codeOf).toSorted()).toEqual(['done', ...Array.from({ length: 7 }, () => 'request-already-assigned')]);
    expect(await liveLeads(id)).toHaveLength(1);
    expect(await world.look.leadsOverTime(id)).toEqual([1, 1]);
    expect(await world.look.assignments(id)).toHaveLength(2);
  });

  it('the lead closes out while somebody takes over: one of them happens, whole', async () => {
    const peer = await world.given.peerOnDuty();
    const next = await world.given.peer();
    const { id, lead } = await handingOver(peer, () => world.given.checkedIn(next));
    const offer = await world.look.pendingOffer(id);
    const closing = world.get(EncountersService).closeOut(peer.principal, lead.id, { outcome: 'supported', reasons: [], intensity: 'calm' });
    const [closed, taken] = (await Promise.allSettled([closing, accept(next, offer.id)])).map(codeOf);
    expect([['done', 'offer-no-longer-open'], ['assignment-ended', 'done']]).toContainEqual([closed, taken]);
    expect(await liveLeads(id)).toHaveLength(taken === 'done' ? 1 : 0);
    expect((await world.look.request(id)).state).toBe(taken === 'done' ? 'assigned' : 'closed');
  });
});
