import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { after, HOUR_MS } from '../../src/platform/time.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Answer, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const DAY_HOURS = 24;
const TOO_SOON = { status: 422, body: { code: 'invalid', errors: [{ field: 'effectiveAt', code: 'too-soon' }] } };

describe('a new version of a relapse policy', () => {
  let world: World;
  let api: Api;
  let programme: Programme;
  let writer: Person;
  let lead: Person;
  let peer: Person;
  let other: Person;
  beforeEach(async () => {
    world = await createWorld();
    api = await listening(world);
    programme = await world.given.programme();
    [writer, lead] = [await world.given.person({ roles: ['admin'], canSignIn: true }), await world.given.supervisorLead({ canSignIn: true })];
    [peer, other] = [await world.given.reachable(await world.given.peer({ canSignIn: true })), await world.given.reachable(await world.given.peer())];
  });
  afterEach(() => world.close());

  const inHours = (hours: number): Date => after(world.clock.now(), hours * HOUR_MS);
  const as = ({ email }: Person): Promise<Api> => api.signIn(email, PASSWORD);
  /** The draft there is, or a new one. */
  async function approving(effectiveInHours: number, of = programme): Promise<Answer> {
    const author = await as(writer);
    const kept = itemsOf(await author.get('/wellness/relapse-policies')).find(({ programmeId }) => programmeId === of.id)?.versions as readonly { id: string; state: string }[] | undefined;
    const id = kept?.find(({ state }) => state === 'draft')?.id ?? String((await author.post('/wellness/relapse-policies', { programmeId: of.id })).body.id);
    const dates = { effectiveAt: inHours(effectiveInHours), reviewAt: inHours(effectiveInHours + 1000), expiresAt: inHours(effectiveInHours + 5000) };
    return (await as(lead)).call('POST', `/wellness/relapse-policies/${id}/approve`, { body: dates, headers: { 'if-match': '"1"' } });
  }
  async function approved(effectiveInHours: number, of = programme): Promise<string> {
    const answer = await approving(effectiveInHours, of);
    expect(answer.status).toBe(200);
    return String(answer.body.id);
  }
  /** How often each was told so far that something waits for them. */
  async function told(...people: Person[]): Promise<number[]> {
    await world.sweep();
    const rows = await world.db.read((tx) => tx.rows<{ personId: string }>(`SELECT person_id FROM notification WHERE kind = 'inbox'`));
    return people.map(({ personId }) => rows.filter((row) => row.personId === personId).length);
  }
  const later = (hours: number, ms = 0): void => world.clock.forward({ hours, ms });
  const acknowledged = async (id: string): Promise<unknown> => (await as(peer)).post(`/me/relapse-policies/${id}/acknowledge`);

  it('is told to every peer of the programme who has not acknowledged it: when it is approved, and again the day before it takes effect', async () => {
    const stranger = await world.given.reachable(await world.given.peer({ programmes: [] }));
    await approved(10 * DAY_HOURS);
    expect(await told(peer, other, stranger)).toEqual([1, 1, 0]);
    later(9 * DAY_HOURS, -1);
    expect(await told(peer, other)).toEqual([1, 1]);
    later(0, 1);
    expect(await told(peer, other, stranger)).toEqual([2, 2, 0]);
    later(30 * DAY_HOURS);
    expect(await told(peer, other)).toEqual([2, 2]);
  });

  it('is told no more to who has read it', async () => {
    const id = await approved(10 * DAY_HOURS);
    expect(await told(peer, other)).toEqual([1, 1]);
    await acknowledged(id);
    later(9 * DAY_HOURS);
    expect(await told(peer, other)).toEqual([1, 2]);
  });

  it('is told once, at its approval, when it takes effect the day after', async () => {
    await approved(24);
    expect(await told(peer, other)).toEqual([1, 1]);
    later(24);
    expect(await told(peer, other)).toEqual([1, 1]);
  });

  it('takes effect no sooner than a day after its approval while peers serve by the one before: nobody is silenced at once', async () => {
    await world.given.checkedIn(peer);
    expect([await approving(0), await approving(23)]).toMatchObject([TOO_SOON, TOO_SOON]);
    const requestId = await world.given.request({ programme });
    await world.sweep();
    expect((await world.look.pendingOffer(requestId)).personId).toBe(peer.personId);
    expect((await approving(24)).status).toBe(200);
    const second = await world.given.request({ programme });
    await world.given.checkedIn(other);
    await world.sweep();
    expect((await world.look.pendingOffer(second)).personId).toBe(other.personId);
  });

  it('is told alike to who is here and who is away, and to nobody who serves no more', async () => {
    await world.get(AwayService).pause(peer.personId);
    await world.db.withTx((tx) => tx.run(`UPDATE peer_profile SET status = 'inactive' WHERE person_id = $1`, [other.personId]));
    await approved(10 * DAY_HOURS);
    expect(await told(peer, other)).toEqual([1, 0]);
  });

  it('reaches each of many once', async () => {
    const many: Person[] = [];
    while (many.length < 103) many.push(await world.given.reachable(await world.given.peer()));
    await approved(10 * DAY_HOURS);
    expect(new Set(await told(...many, peer, other))).toEqual(new Set([1]));
  }, 60_000);

  it('can be read and acknowledged from its approval on, and nobody is silenced who has', async () => {
    const id = await approved(10 * DAY_HOURS);
    expect(itemsOf(await (await as(peer)).get('/me/relapse-policies')).find((policy) => policy.id === id)).toMatchObject({ programmeId: programme.id, acknowledgedAt: null });
    await acknowledged(id);
    later(10 * DAY_HOURS);
    for (const each of [peer, other]) await world.given.checkedIn(each);
    const requestId = await world.given.request({ programme });
    await world.sweep();
    expect((await world.look.offers(requestId)).map(({ personId }) => personId)).toEqual([peer.personId]);
  });

  it('changes nothing about the grace of the one before it', async () => {
    later(364 * DAY_HOURS + 1);
    await world.sweep();
    const id = await approved(10 * DAY_HOURS);
    await world.given.checkedIn(peer);
    const requestId = await world.given.request({ programme });
    await world.sweep();
    expect((await world.look.pendingOffer(requestId)).personId).toBe(peer.personId);
    expect(itemsOf(await (await as(lead)).get('/wellness/relapse-policies'))).toMatchObject([{ standing: { kind: 'grace' }, versions: [{ id }, {}] }]);
  });
});
