import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Trait } from '../../src/peers/domain/peer.js';
import { PASSWORD, type Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const KEPT: Trait = { kind: 'experience', code: 'substance-use', consent: 'match-only' };
const TOLD: Trait = { kind: 'population', code: 'veteran', consent: 'may-be-told' };

describe('what a peer says of themself', () => {
  let world: World;
  let api: Api;
  let peer: Person;
  let mine: Api;
  let desk: Api;
  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
    await world.given.programme();
    const coordinator = await world.given.coordinator({ canSignIn: true });
    desk = await api.signIn(coordinator.email, PASSWORD);
  });
  beforeEach(async () => {
    peer = await world.given.peer({ canSignIn: true, gender: 'woman', traits: [KEPT, TOLD] });
    mine = await api.signIn(peer.email, PASSWORD);
  });
  afterAll(() => world.close());

  const say = (body: unknown) => mine.call('PATCH', '/me/about', { body });
  const asSeen = async (): Promise<string> => (await desk.get(`/peers/${peer.personId}`)).text;
  const counted = (table: 'event' | 'audit') => world.db.read(async (tx) => (await tx.one<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).n);

  it('is shown to them whatever its consent, and changes only where they say so', async () => {
    expect(await mine.get('/me/about')).toMatchObject({ status: 200, body: { gender: 'woman', traits: [KEPT, TOLD] } });
    expect(await say({ traits: [{ ...KEPT, consent: 'supervisor' }] })).toMatchObject({ status: 200, body: { gender: 'woman', traits: [{ ...KEPT, consent: 'supervisor' }, TOLD] } });
    expect(await say({ gender: null })).toMatchObject({ status: 200, body: { gender: null, traits: [{ ...KEPT, consent: 'supervisor' }, TOLD] } });
    expect(await say({ gender: 'man', traits: [{ ...TOLD, consent: 'withdrawn' }] })).toMatchObject({ status: 200, body: { gender: 'man', traits: [{ ...KEPT, consent: 'supervisor' }] } });
  });

  it('is refused where it names what is not there, and then nothing changes', async () => {
    for (const [body, field] of [
      [{ gender: 'no-such-code' }, 'gender'], [{ gender: 'man', traits: [{ kind: 'experience', code: 'loss', consent: 'match-only' }] }, 'traits.0.code'],
      [{ traits: [{ ...KEPT, consent: 'everybody' }] }, 'traits.0.consent'], [{ traits: [KEPT, KEPT] }, 'traits'],
    ] as const) {
      expect(await say(body)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
    }
    expect((await mine.get('/me/about')).body).toMatchObject({ gender: 'woman', traits: [KEPT, TOLD] });
  });

  it('shows to others only what they may be told: nothing tells that anything else was changed', async () => {
    const before = [await asSeen(), await counted('event')];
    await say({ gender: 'man' });
    await say({ traits: [{ ...KEPT, consent: 'supervisor' }] });
    await say({ traits: [{ ...KEPT, consent: 'withdrawn' }] });
    expect([await asSeen(), await counted('event')]).toEqual(before);
    await say({ traits: [{ ...TOLD, consent: 'match-only' }] });
    expect(await asSeen()).not.toContain('veteran');
    expect(await counted('event')).toBeGreaterThan(Number(before[1]));
  });

  it('is on record as a change, without what it was; saying what holds already is none', async () => {
    const before = await counted('audit');
    await say({ gender: 'woman', traits: [KEPT] });
    expect(await counted('audit')).toBe(before);
    await say({ traits: [{ ...KEPT, consent: 'withdrawn' }] });
    const [entry] = await world.db.read((tx) => tx.rows<{ action: string; data: object }>('SELECT action, data FROM audit WHERE subject_id = $1', [peer.personId]));
    expect(entry).toEqual({ action: 'about-me.change', data: {} });
  });

  it('counts in the matching from then on, and no longer once it is withdrawn', async () => {
    await world.given.checkedIn(peer);
    const fits = async (): Promise<boolean> => {
      const id = await world.given.request({ preferences: [{ kind: 'gender', value: 'man', strength: 'must' }] });
      const { ranked } = (await desk.get(`/requests/${id}/match`)).body as { ranked: { personId: string }[] };
      return ranked.some(({ personId }) => personId === peer.personId);
    };
    expect(await fits()).toBe(false);
    await say({ gender: 'man' });
    expect(await fits()).toBe(true);
    await say({ gender: null });
    expect(await fits()).toBe(false);
  });

  it('is nobody’s who has no profile', async () => {
    const person = await world.given.person({ roles: ['peer'], canSignIn: true });
    expect((await (await api.signIn(person.email, PASSWORD)).get('/me/about')).status).toBe(404);
  });
});
