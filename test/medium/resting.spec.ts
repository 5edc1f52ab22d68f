import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ByHandService } from '../../src/dispatch/by-hand.service.js';
import { SupplyService } from '../../src/dispatch/supply.service.js';
import { MatchService } from '../../src/dispatch/match.service.js';
import { MyRest } from '../../src/dispatch/my-rest.service.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import type { AssignByHandDto } from '../../src/dispatch/match.contract.js';
import type { Intensity } from '../../src/encounters/domain/encounter.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import type { CarePolicy } from '../../src/programmes/domain/care-policy.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { CriticalContactsService } from '../../src/supervision/critical-contacts.service.js';
import { EASY_CARE } from '../support/care.js';
import type { ARequest, Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

const REST: CarePolicy = { ...EASY_CARE, rest: { afterContactMinutes: 5, afterHighAcuityMinutes: 8, afterHardMinutes: 9 } };
const UNHURRIED: ARequest = { acuity: 4 };

let world: World;
let programme: Programme;
let peer: Person;
let coordinator: Person;
let supervisor: Person;
beforeEach(async () => {
  world = await createWorld();
  programme = await world.given.programme({ care: REST });
  peer = await world.given.peerOnDuty({ capacity: 1 });
  coordinator = await world.given.coordinator();
  supervisor = await world.given.supervisor();
});
afterEach(() => world.close());

const encounters = () => world.get(EncountersService);
const accept = (offerId: string) => world.get(OffersService).accept(offerId, peer.personId, { kind: 'account', id: peer.accountId });
const pending = async (requestId: string) => (await world.look.offers(requestId)).filter(({ status }) => status === 'pending');
const match = (requestId: string, by = coordinator) => world.get(MatchService).of(by.principal, requestId);
const excluded = async (requestId: string, by = supervisor) => (await match(requestId, by)).excluded.filter(({ code }) => code !== 'peer-unavailable');

/** One whole contact of so many minutes. */
async function contact(intensity: Intensity, { minutes = 2, ...about }: ARequest & { minutes?: number } = {}): Promise<string> {
  const requestId = await world.given.request({ ...UNHURRIED, ...about });
  await world.sweep();
  const { id } = await accept((await world.look.pendingOffer(requestId)).id);
  await encounters().contactMade(peer.principal, id);
  world.clock.forward({ minutes });
  await encounters().closeOut(peer.principal, id, { outcome: 'supported', reasons: [], intensity });
  return id;
}

async function waiting(about: ARequest = UNHURRIED): Promise<string> {
  const requestId = await world.given.request(about);
  await world.sweep();
  return requestId;
}

describe('rest after a contact', () => {
  it('keeps the next request waiting until the very minute it ends, and then the offer leaves at once', async () => {
    await contact('calm');
    const ended = world.clock.now().getTime();
    expect(await world.get(MyRest).until(peer.personId)).toEqual(new Date(ended + 5 * 60_000));
    const requestId = await waiting();
    expect([await pending(requestId), await world.look.escalations(requestId)]).toEqual([[], []]);
    expect(await world.look.request(requestId)).toMatchObject({ state: 'searching', nextActionKind: 'wait' });
    while ((await pending(requestId)).length === 0) {
      const { nextActionAt } = await world.look.request(requestId);
      expect(world.clock.now().getTime()).toBeLessThan(ended + 5 * 60_000);
      world.clock.forward({ ms: (nextActionAt?.getTime() ?? 0) - world.clock.now().getTime() });
      await world.sweep();
    }
    expect(world.clock.now().getTime()).toBe(ended + 5 * 60_000);
    expect(await world.get(MyRest).until(peer.personId)).toBeNull();
  });

  it.each<[string, Intensity, ARequest, number]>([
    ['after a calm one', 'calm', UNHURRIED, 5], ['longer after an urgent one', 'calm', { acuity: 2 }, 8], ['longest after a hard one', 'hard', UNHURRIED, 9],
  ])('is %s', async (_, intensity, about, minutes) => {
    await contact(intensity, about);
    const requestId = await waiting();
    world.clock.forward({ seconds: minutes * 60 - 1 });
    await world.sweep();
    expect(await pending(requestId)).toEqual([]);
    world.clock.forward({ seconds: 1 });
    await world.sweep();
    expect(await pending(requestId)).toHaveLength(1);
  });

  it('counts as the longest while nobody has said how it was, and is over for nobody but who had the contact', async () => {
    const ended = await contact('calm');
    await world.db.withTx((tx) => tx.run('UPDATE assignment SET intensity = NULL WHERE id = $1', [ended]));
    const requestId = await waiting();
    world.clock.forward({ minutes: 6 });
    await world.sweep();
    expect(await pending(requestId)).toEqual([]);
    const other = await world.given.peerOnDuty();
    await world.sweep();
    expect((await pending(requestId)).map(({ personId }) => personId)).toEqual([other.personId]);
  });

  it('that ends after a supervisor must know is told to them now, who may lift it', async () => {
    await contact('hard');
    const requestId = await waiting({ acuity: 1 });
    expect((await world.look.escalations(requestId)).map(({ cause }) => cause)).toEqual(['no-candidate']);
    world.clock.forward({ minutes: 9 });
    await world.sweep();
    expect(await pending(requestId)).toHaveLength(1);
  });

  it('is told to supervisors by name and with its minute, and to a coordinator as one more who is not free yet, however hard the contact was', async () => {
    await contact('calm');
    const until = new Date(world.clock.now().getTime() + 5 * 60_000).toISOString();
    const requestId = await waiting();
    const [seen, theirs] = [await match(requestId), await match(requestId, supervisor)];
    expect(theirs.waitingFor).toEqual({ busy: 0, resting: 1, restingUntil: until });
    expect(seen.waitingFor).toEqual({ busy: 1, resting: 0, restingUntil: null });
    expect(JSON.stringify(seen)).not.toContain(until.slice(0, 16));
    expect([seen.excluded, seen.oneGateOff]).toEqual([[{ code: 'peer-unavailable', count: 1 }], []]);
    expect([theirs.excluded, theirs.oneGateOff]).toEqual([[{ code: 'rest', count: 1 }], [{ gate: 'rest', wouldFit: 1 }]]);
    expect([seen.ranked, seen.withReason]).toEqual([[], []]);
    expect(theirs.withReason).toMatchObject([{ personId: peer.personId, toLift: [{ gate: 'rest', mayLift: true }] }]);
  });

  it('is lifted by a supervisor with a reason, and by nobody else, who is told no more than that the peer cannot be asked', async () => {
    await contact('calm');
    const requestId = await waiting();
    const ask = { personId: peer.personId, agreed: 'by-phone', overrides: [{ gate: 'rest', reason: 'asked for it themself' }] } satisfies AssignByHandDto;
    await expect(world.get(ByHandService).assign(coordinator.principal, requestId, ask)).rejects.toMatchObject({ code: 'peer-unavailable' });
    await expect(world.get(ByHandService).assign(supervisor.principal, requestId, { ...ask, overrides: [] })).rejects.toMatchObject({ code: 'gate-closed' });
    await world.get(ByHandService).assign(supervisor.principal, requestId, ask);
    expect((await world.look.assignments(requestId)).map(({ personId }) => personId)).toEqual([peer.personId]);
  });
});

describe('what one shift should hold', () => {
  it('is so many contacts of high acuity in a row, and a milder one between counts anew', async () => {
    await world.given.goesBy(programme, { ...EASY_CARE, exposure: { ...EASY_CARE.exposure, highAcuityInARow: 2, highAcuityPerShift: 3 } });
    await contact('calm', { acuity: 2 });
    await contact('calm', { acuity: 2 });
    expect(await excluded(await waiting({ acuity: 2 }))).toEqual([{ code: 'exposure', count: 1 }]);
    await contact('calm', { acuity: 3 });
    world.clock.forward({ minutes: 2 });
    await world.sweep();
    const [third] = await world.db.read((tx) => tx.rows<{ id: string }>(`SELECT id FROM offer WHERE status = 'pending'`));
    const { id } = await accept(third?.id ?? '');
    await encounters().contactMade(peer.principal, id);
    await encounters().closeOut(peer.principal, id, { outcome: 'supported', reasons: [], intensity: 'calm' });
    await contact('calm', { acuity: 3 });
    expect(await excluded(await waiting({ acuity: 2 }))).toEqual([{ code: 'exposure', count: 1 }]);
  });

  it('is so many contacts and so many minutes', async () => {
    await world.given.goesBy(programme, { ...EASY_CARE, exposure: { ...EASY_CARE.exposure, contactsPerShift: 2 } });
    await contact('calm');
    await contact('calm');
    expect(await excluded(await waiting())).toEqual([{ code: 'exposure', count: 1 }]);
    await world.given.goesBy(programme, { ...EASY_CARE, exposure: { ...EASY_CARE.exposure, minutesPerShift: 15 } });
    await world.sweep();
    expect(await excluded(await waiting())).toEqual([]);
  });

  it('has a break in it after two hours with people', async () => {
    await contact('calm', { minutes: 121 });
    const requestId = await waiting();
    expect(await excluded(requestId)).toEqual([{ code: 'break', count: 1 }, { code: 'rest', count: 1 }]);
    world.clock.forward({ minutes: 5 });
    await world.sweep();
    expect(await pending(requestId)).toHaveLength(1);
  });
});

describe('what a peer has learnt', () => {
  const asks = (requirements: CarePolicy['requirements']) => world.given.goesBy(programme, { ...EASY_CARE, requirements });

  it('keeps them from what the programme asks more for, until the minute it ends and not from anything else', async () => {
    await asks({ training: ['peer-training'], byAcuity: { '2': ['crisis-support'] }, certification: false });
    expect(await pending(await waiting({ acuity: 3 }))).toHaveLength(1);
    expect(await excluded(await waiting({ acuity: 2 }))).toEqual([{ code: 'training-in-date', count: 1 }]);
    await world.db.withTx((tx) =>
      tx.run(`UPDATE peer_credential SET expires_at = $2 WHERE person_id = $1 AND code = 'peer-training'`, [peer.personId, new Date(world.clock.now().getTime() + 60_000)]),
    );
    const requestId = await waiting({ acuity: 3 });
    expect(await excluded(requestId)).toEqual([]);
    world.clock.forward({ minutes: 1 });
    expect(await excluded(requestId)).toEqual([{ code: 'training-in-date', count: 1 }]);
  });

  it('needs no certification unless the plan demands one', async () => {
    expect(await excluded(await waiting())).toEqual([]);
    await asks({ training: [], byAcuity: {}, certification: true });
    expect(await excluded(await waiting())).toEqual([{ code: 'certification-demanded', count: 1 }]);
  });
});

describe('what is the peer\'s own', () => {
  it('is one code: a topic they leave out, a programme that looks after them', async () => {
    const count = async (requestId: string) => (await match(requestId)).excluded;
    await world.db.withTx((tx) => tx.run(`INSERT INTO peer_topic_opt_out (person_id, kind, code) VALUES ($1, 'experience', 'loss')`, [peer.personId]));
    expect(await count(await waiting({ ...UNHURRIED, needs: { experience: ['loss'] } }))).toEqual([{ code: 'peer-unavailable', count: 1 }]);
    const other = await waiting({ ...UNHURRIED, needs: { experience: ['trauma'] } });
    expect(await pending(other)).toHaveLength(1);
    await world.db.withTx((tx) => tx.run('INSERT INTO peer_own_care (person_id, programme_id) VALUES ($1, $2)', [peer.personId, programme.id]));
    expect(await count(other)).toEqual([{ code: 'peer-unavailable', count: 1 }]);
  });
});

describe('what stands behind a peer', () => {
  it('is their own supervision: overdue past its grace, or nothing known of it, and they are not asked', async () => {
    const requestId = await waiting();
    const due = (days: number) =>
      world.db.withTx((tx) => tx.run('UPDATE supervision_due SET due_at = $2 WHERE person_id = $1', [peer.personId, new Date(world.clock.now().getTime() - days * 86_400_000)]));
    await due(30);
    expect(await excluded(requestId)).toEqual([]);
    await due(31);
    expect(await excluded(requestId)).toEqual([{ code: 'supervision-overdue', count: 1 }]);
  });

  it('is the policy that protects them: who has not acknowledged it is not asked', async () => {
    const unasked = await world.given.peerOnDuty({ acknowledged: false });
    await world.db.withTx((tx) => tx.run('UPDATE on_duty SET draining = true WHERE person_id = $1', [peer.personId]));
    expect(unasked.personId).not.toBe(peer.personId);
    expect(await excluded(await waiting())).toEqual([{ code: 'policy-acknowledged', count: 1 }]);
  });

  it('is a supervisor for so many peers, where the programme asks for it', async () => {
    await world.given.goesBy(programme, { ...EASY_CARE, ratio: { peersPerSupervisor: 1, enforced: true } });
    const first = await waiting();
    const offer = await world.look.pendingOffer(first);
    await accept(offer.id);
    await world.given.peerOnDuty();
    const second = await waiting();
    expect(await excluded(second)).toEqual([{ code: 'ratio', count: 1 }]);
    expect(await pending(second)).toEqual([]);
  });

  it('lets somebody relieve the one who hands over, who is counted no more than once', async () => {
    await world.given.goesBy(programme, { ...EASY_CARE, ratio: { peersPerSupervisor: 1, enforced: true } });
    const requestId = await waiting();
    const { id } = await accept((await world.look.pendingOffer(requestId)).id);
    await encounters().contactMade(peer.principal, id);
    const relief = await world.given.peerOnDuty();
    await world.get(GivingUpService).giveUp(id, peer.personId, 'must-go', { kind: 'account', id: peer.accountId });
    await world.sweep();
    const offer = await world.look.pendingOffer(requestId);
    expect(offer.personId).toBe(relief.personId);
    await world.get(OffersService).accept(offer.id, relief.personId, { kind: 'account', id: relief.accountId });
    expect((await world.look.assignments(requestId)).map(({ personId, endReason }) => [personId, endReason])).toEqual([[peer.personId, 'handed-over'], [relief.personId, null]]);
    // Whoever asks for somebody else finds the one supervisor's hands full.
    expect(await excluded(await waiting())).toEqual([{ code: 'ratio', count: 1 }]);
  });

  it('counts again at the accept: of two who were asked before the limit one begins, whichever it is', async () => {
    await world.given.goesBy(programme, { ...EASY_CARE, ratio: { peersPerSupervisor: 1, enforced: true } });
    const other = await world.given.peerOnDuty();
    const offers = [await world.look.pendingOffer(await waiting()), await world.look.pendingOffer(await waiting())];
    const taken = await Promise.allSettled(offers.map(({ id, personId }) => {
      const by = personId === other.personId ? other : peer;
      return world.get(OffersService).accept(id, personId, { kind: 'account', id: by.accountId });
    }));
    expect(taken.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(taken.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'offer-no-longer-open' } });
  });
});

describe('after a critical contact', () => {
  it('a peer is asked by nobody, whatever else rests, until a supervisor has spoken with them, and then at once', async () => {
    await world.given.goesBy(programme, EASY_CARE);
    await world.given.stoodBehind(peer, supervisor);
    const assignmentId = await contact('critical');
    const requestId = await waiting();
    expect(await excluded(requestId)).toEqual([{ code: 'after-critical-contact', count: 1 }]);
    expect((await match(requestId, supervisor)).oneGateOff).toEqual([]);
    const ask = { personId: peer.personId, agreed: 'by-phone', overrides: [{ gate: 'after-critical-contact', reason: 'they said it is fine' }] } satisfies AssignByHandDto;
    await expect(world.get(ByHandService).assign(supervisor.principal, requestId, ask)).rejects.toMatchObject({ code: 'gate-closed' });
    await world.get(CriticalContactsService).contacted(supervisor.principal, assignmentId);
    await world.get(SupplyService).supply(peer.personId);
    expect((await pending(requestId)).map(({ personId }) => personId)).toEqual([peer.personId]);
  });
});
