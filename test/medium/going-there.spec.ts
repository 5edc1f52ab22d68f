import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IN_PERSON_RULES } from '../../src/programmes/domain/programme.js';
import { PASSWORD } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

describe('before anybody sets out', () => {
  let world: World;
  let api: Api;

  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
  });
  afterAll(() => world.close());

  async function scene(about: { inPersonRule?: (typeof IN_PERSON_RULES)[number] } = {}) {
    const programme = await world.given.programme(about);
    const coordinator = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    const peer = await world.given.peerOnDuty({ programmes: [programme], canSignIn: true, takes: ['in-person', 'phone'] });
    return { programme, desk: await api.signIn(coordinator.email, PASSWORD), phone: await api.signIn(peer.email, PASSWORD) };
  }

  it.each(IN_PERSON_RULES)('the peer is told with whom the programme sends them, when asked and after, and so is the desk: %s', async (inPersonRule) => {
    const { programme, desk, phone } = await scene({ inPersonRule });
    await world.given.request({ programme, contactKind: 'in-person' });
    await world.sweep();
    const [offer] = itemsOf(await phone.get('/me/offers'));
    expect(offer).toMatchObject({ contactKind: 'in-person', inPersonRule });
    expect((await phone.post(`/offers/${String(offer?.['id'])}/accept`)).body).toMatchObject({ inPersonRule });
    expect(itemsOf(await desk.get('/programmes'))).toContainEqual(expect.objectContaining({ id: programme.id, inPersonRule }));
  });

  it('a contact from afar speaks of no company', async () => {
    const { programme, phone } = await scene({ inPersonRule: 'with-team' });
    await world.given.request({ programme });
    await world.sweep();
    expect(itemsOf(await phone.get('/me/offers'))).toMatchObject([{ contactKind: 'phone', inPersonRule: null }]);
  });

  it('whoever leads, and the desk, can open where the person is; nobody learns it from the offer or the assignment', async () => {
    const { programme, desk, phone } = await scene();
    const id = await world.given.request({ programme, place: { zip: '97401', lat: 44.0682, lon: -123.0819 } });
    await world.sweep();
    const offers = await phone.get('/me/offers');
    const place = { zip: '97401', county: expect.stringContaining('Lane'), lat: 44.0682, lon: -123.0819 };
    expect((await phone.get(`/requests/${id}/contact`)).status).toBe(404);
    const accepted = await phone.post(`/offers/${String(itemsOf(offers)[0]?.['id'])}/accept`);
    expect((await phone.get(`/requests/${id}/contact`)).body).toMatchObject({ place });
    expect((await desk.get(`/requests/${id}/contact`)).body).toMatchObject({ place });
    for (const { text } of [offers, accepted, await phone.get('/me/assignments')]) expect(text).not.toMatch(/97401|44\.0682/);
  });

  it('a request with no place says so', async () => {
    const { programme, desk } = await scene();
    const id = await world.given.request({ programme });
    expect((await desk.get(`/requests/${id}/contact`)).body).toMatchObject({ place: null });
  });
});
