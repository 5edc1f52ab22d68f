import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByHandService } from '../../src/dispatch/by-hand.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { DeskService } from '../../src/dispatch/desk.service.js';
import { ExclusionsService } from '../../src/peers/exclusions.service.js';
import { LimitsService } from '../../src/peers/limits.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api, type Answer } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

describe('the match, explained', () => {
  let world: World;
  let api: Api;
  let desk: Api;
  let coordinator: Person;

  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
  });
  afterAll(() => world.close());

  /** A programme of its own, so that nobody else's peers are counted. */
  async function programme(cover: 'on-call' | 'none' = 'on-call'): Promise<Programme> {
    const created = await world.given.programme({ cover });
    coordinator = await world.given.coordinator({ programmes: [created], canSignIn: true });
    desk = await api.signIn(coordinator.email, PASSWORD);
    return created;
  }
  const match = (id: string): Promise<Answer> => desk.get(`/requests/${id}/match`);
  const ranked = (answer: Answer): [unknown, unknown][] => itemsOf(answer, 'ranked').map(({ personId, minutes }) => [personId, minutes]);

  it('ranks who fits by minutes of cost, and folds shared experience and wishes into one figure', async () => {
    const ours = await programme();
    const shares = await world.given.peerOnDuty({ programmes: [ours], traits: [{ kind: 'experience', code: 'substance-use', consent: 'may-be-told' }] });
    const other = await world.given.peerOnDuty({ programmes: [ours] });
    const id = await world.given.request({ programme: ours, by: coordinator, needs: { experience: ['substance-use'] } });
    const answer = await match(id);
    expect(answer.status).toBe(200);
    expect(ranked(answer)).toEqual([[shares.personId, 0], [other.personId, 6]]);
    expect(answer.body).toMatchObject({ seat: 'lead', supervisorCover: true, excluded: [], oneGateOff: [], waitingFor: { busy: 0 } });
    expect(answer.text).not.toContain('substance-use');
    expect(itemsOf(answer, 'ranked')[1]?.terms).toContainEqual({ term: 'fit', minutes: 6 });
  });

  it.each(['match-only', 'supervisor'] as const)('answers the same bytes whether or not a peer has the wanted experience with consent `%s`, also to supervisors, before and after they are asked', async (consent) => {
    const ours = await programme();
    const keeps = await world.given.peerOnDuty({ programmes: [ours] });
    for (let others = 0; others < 2; others += 1) await world.given.peerOnDuty({ programmes: [ours] });
    const supervisor = await world.given.supervisor({ programmes: [ours], canSignIn: true });
    const lead = await api.signIn(supervisor.email, PASSWORD);
    const id = await world.given.request({ programme: ours, by: coordinator, needs: { experience: ['substance-use'] } });
    const before = [(await match(id)).text, (await lead.get(`/requests/${id}/match`)).text];
    await world.db.withTx((tx) => tx.run(`INSERT INTO peer_trait (person_id, kind, code, consent) VALUES ($1, 'experience', 'substance-use', $2)`, [keeps.personId, consent]));
    expect([(await match(id)).text, (await lead.get(`/requests/${id}/match`)).text]).toEqual(before);

    await world.sweep();
    expect((await world.look.pendingOffer(id)).personId).toBe(keeps.personId);
    const [offer] = itemsOf(await desk.get(`/requests/${id}`), 'offers');
    expect(offer?.why).toContainEqual({ term: 'fit', minutes: 6 });
    expect(await world.db.read((tx) => tx.rows('SELECT why FROM offer WHERE subject_id = $1', [id]))).toEqual([{ why: { terms: offer?.why } }]);
  });

  it('says who is busy and who was asked, and still counts them as fitting', async () => {
    const ours = await programme();
    const peer = await world.given.peerOnDuty({ programmes: [ours] });
    const [first, second] = [await world.given.request({ programme: ours, by: coordinator }), await world.given.request({ programme: ours, by: coordinator })];
    await world.sweep();
    const asked = (await world.look.offers(first)).length === 1 ? first : second;
    const waiting = asked === first ? second : first;
    expect(itemsOf(await match(asked), 'ranked')).toMatchObject([{ personId: peer.personId, busy: true, askedThisRound: true }]);
    expect((await match(waiting)).body).toMatchObject({ ranked: [{ busy: true, askedThisRound: false }], waitingFor: { busy: 1 }, excluded: [] });
  });

  it('counts who does not fit by reason, and tells what one gate off at a time would widen', async () => {
    const ours = await programme();
    const both = await world.given.programme();
    await world.given.peerOnDuty({ programmes: [ours], speaks: ['es'] });
    await world.given.peerOnDuty({ programmes: [ours], speaks: ['es'], takes: ['text'] });
    await world.given.peerOnDuty({ programmes: [ours], takes: ['text'] });
    const elsewhere = await world.given.peer({ programmes: [ours, both] });
    await world.given.checkedIn(elsewhere, { programmes: [both] });
    await world.given.peerOnDuty({ programmes: [both] });
    const { body } = await match(await world.given.request({ programme: ours, by: coordinator }));
    expect(body.ranked).toEqual([]);
    expect(body.excluded).toEqual([{ code: 'contact-kind', count: 2 }, { code: 'language', count: 2 }, { code: 'programme', count: 1 }]);
    expect(body.oneGateOff).toEqual([{ gate: 'contact-kind', wouldFit: 1 }, { gate: 'language', wouldFit: 1 }, { gate: 'programme', wouldFit: 1 }]);
  });

  it('names whom a gate keeps out that somebody may lift, and whether who asks may; never whom nobody may assign', async () => {
    const ours = await programme();
    const man = await world.given.peerOnDuty({ programmes: [ours], gender: 'man' });
    await world.given.peerOnDuty({ programmes: [ours], gender: 'man', speaks: ['es'] });
    const away = await world.given.peerOnDuty({ programmes: [ours], gender: 'man' });
    await world.get(AwayService).pause(away.personId);
    const woman = await world.given.peerOnDuty({ programmes: [ours], gender: 'woman' });
    const ask = { programme: ours, by: coordinator, preferences: [{ kind: 'gender', value: 'woman', strength: 'must' }] } as const;
    const first = await world.given.request({ ...ask, preferences: [...ask.preferences] });
    await world.get(ByHandService).assign(coordinator.principal, first, { personId: woman.personId, agreed: 'by-phone' });
    const { body } = await match(await world.given.request({ ...ask, preferences: [...ask.preferences] }));
    expect(body).toMatchObject({
      policyVersion: 1,
      ranked: [{ personId: woman.personId, busy: true, toLift: [{ gate: 'load-cap', mayLift: false }] }],
      withReason: [{ personId: man.personId, toLift: [{ gate: 'gender-must', mayLift: true }] }],
    });
    expect(itemsOf(await match(first), 'withReason')).toHaveLength(1);
  });

  it('shows who would fit, and that nobody is asked, while no supervisor is there', async () => {
    const ours = await programme('none');
    const peer = await world.given.peerOnDuty({ programmes: [ours] });
    const id = await world.given.request({ programme: ours, by: coordinator });
    await match(id);
    world.clock.forward({ minutes: 15 });
    expect((await match(id)).body).toMatchObject({ supervisorCover: false, ranked: [{ personId: peer.personId }] });
  });

  it('is for requests that somebody may be asked for now: not for one planned for later, nor for one that is over', async () => {
    const ours = await programme();
    const peer = await world.given.peerOnDuty({ programmes: [ours] });
    const later = new Date(world.clock.now().getTime() + 300 * 24 * 3_600_000).toISOString();
    const planned = (await desk.post('/requests', {
      programmeId: ours.id, channel: 'planned', contactKind: 'phone', language: 'en', notBefore: later, acuity: 4, requesterKey: '+1 541 555 0123',
      safety: { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' },
    })).body;
    expect(planned.state).toBe('triaged');
    expect(await match(String(planned.id))).toMatchObject({ status: 409, body: { code: 'not-searching-yet' } });
    await desk.post(`/requests/${String(planned.id)}/escalate`, { cause: 'coordinator' });
    expect(await match(String(planned.id))).toMatchObject({ status: 200, body: { ranked: [{ personId: peer.personId }] } });
    const over = await world.given.request({ programme: ours, by: coordinator });
    expect((await match(over)).status).toBe(200);
    await world.get(DeskService).cancel(coordinator.principal, over, 'enough');
    expect(await match(over)).toMatchObject({ status: 409, body: { code: 'request-not-open' } });
  });

  it('is on record once a minute for each reader and request, and nobody looks at sixty-one requests in five minutes', async () => {
    const ours = await programme();
    const [first = '', ...others] = await Promise.all(Array.from({ length: 61 }, () => world.given.request({ programme: ours, by: coordinator })));
    const looks = () => world.db.read((tx) => tx.rows(`SELECT subject_id FROM audit WHERE action = 'request.match' AND actor_id = $1`, [coordinator.accountId]));
    for (let times = 0; times < 3; times += 1) await match(first);
    expect(await looks()).toEqual([{ subjectId: first }]);
    world.clock.forward({ minutes: 1 });
    await match(first);
    expect(await looks()).toHaveLength(2);
    const statuses = [];
    for (const id of others) statuses.push((await match(id)).status);
    expect(statuses).toEqual([...Array.from({ length: 59 }, () => 200), 429]);
    expect([(await match(first)).status, (await looks()).length]).toEqual([200, 61]);
    world.clock.forward({ minutes: 5 });
    expect((await match(others.at(-1) ?? '')).status).toBe(200);
  });

  it('answers the same bytes whether a peer is off duty, away, has limits, or keeps out of the requester\'s way', async () => {
    const ours = await programme();
    await world.given.peerOnDuty({ programmes: [ours] });
    const id = await world.given.request({ programme: ours, by: coordinator, requesterKey: '+1 541 555 0123' });
    const peer = await world.given.peer({ programmes: [ours] });
    const seen: string[] = [];
    const look = async (): Promise<void> => void seen.push((await match(id)).text);
    const checkIn = () => world.given.checkedIn(peer, { programmes: [ours] });

    await look(); // never checked in
    await checkIn();
    expect((await match(id)).text).not.toBe(seen[0]);
    await world.get(LimitsService).set(peer.personId, { contactKinds: ['text'], maxAcuity: null, buddyOnly: false, noNights: false, hoursAWeek: null, from: world.clock.now(), until: null });
    await look(); // limits
    await world.get(LimitsService).lift(peer.personId);
    await world.get(AwayService).pause(peer.personId);
    await look(); // away
    await world.get(AwayService).return(peer.personId);
    await checkIn();
    await world.get(ExclusionsService).excludeRequester(peer.personId, '541-555-0123');
    await look(); // excluded
    await world.get(DutyService).checkOut(peer.personId, 'peer');
    await look(); // checked out
    expect(new Set(seen).size).toBe(1);
    expect(JSON.parse(seen[0] ?? '')).toMatchObject({ excluded: [{ code: 'peer-unavailable', count: 1 }], oneGateOff: [] });
  });

  it('ranks a peer who declined exactly as if they had never been asked', async () => {
    const ours = await programme();
    for (let peers = 0; peers < 4; peers += 1) await world.given.peerOnDuty({ programmes: [ours], speaks: peers % 2 ? ['en', 'es'] : ['es', 'en'] });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.constantFrom('en', 'es'), async (declines, language) => {
        const id = await world.given.request({ programme: ours, by: coordinator, language });
        const before = ranked(await match(id));
        for (let declined = 0; declined < declines; declined += 1) {
          await world.sweep();
          const offer = await world.look.pendingOffer(id);
          await world.get(OffersService).decline(offer.id, offer.personId, { kind: 'system' });
        }
        expect(ranked(await match(id))).toEqual(before);
        await world.get(DeskService).cancel(coordinator.principal, id, 'enough');
      }),
      { numRuns: 8 },
    );
  });
});
