import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { after, HOUR_MS } from '../../src/platform/time.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { AreasService } from '../../src/programmes/areas.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Answer, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const SAFE = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' } as const;
const EUGENE = { zip: '97401' };
const SPRINGFIELD = { zip: '97477' };
const PORTLAND = { zip: '97201' };

describe('a place that is told by its ZIP code', () => {
  let world: World;
  let api: Api;
  let programme: Programme;
  let coordinator: Person;

  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
    await world.db.withTx((tx) => world.get(AreasService).create(tx, 'Lane County', ['41039']));
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    programme = await world.given.programme();
    coordinator = await world.given.coordinator({ programmes: [programme], canSignIn: true });
  });

  const ask = async (place: object): Promise<Answer> =>
    (await api.signIn(coordinator.email, PASSWORD)).post('/requests', { programmeId: programme.id, channel: 'phone', contactKind: 'phone', language: 'en', acuity: 4, safety: SAFE, place });
  const onDutyAt = async (place: object): Promise<Person> => {
    const peer = await world.given.peer({ programmes: [programme], canSignIn: true });
    const duty = { as: 'peer', mode: 'active', programmeIds: [programme.id], until: after(world.clock.now(), 4 * HOUR_MS).toISOString(), contactKinds: ['phone'], place };
    expect((await (await api.signIn(peer.email, PASSWORD)).put('/me/duty', duty)).status).toBe(200);
    return peer;
  };

  it('names the area to the desk and to whoever is asked, and nothing nearer', async () => {
    const peer = await onDutyAt(EUGENE);
    const { body } = await ask(SPRINGFIELD);
    expect(body['area']).toBe('Lane County');
    await world.sweep();
    const [offer] = itemsOf(await (await api.signIn(peer.email, PASSWORD)).get('/me/offers'));
    expect(offer?.['area']).toBe('Lane County');
    expect(JSON.stringify(offer)).not.toMatch(/97477|41039/);
  });

  it('brings whoever serves in the same county to the fore', async () => {
    await onDutyAt(PORTLAND);
    const near = await onDutyAt(EUGENE);
    const { body } = await ask(SPRINGFIELD);
    await world.sweep();
    expect((await world.look.offers(String(body['id']))).map(({ personId }) => personId)).toEqual([near.personId]);
  });

  it('lies in the county that was told beside it, whatever its centroid', async () => {
    const { body } = await ask({ ...PORTLAND, countyFips: '41039' });
    expect(body['area']).toBe('Lane County');
  });

  it('is in no area when nobody knows the code, and help is looked for all the same', async () => {
    const peer = await onDutyAt({ zip: '00000' });
    const { body } = await ask({ zip: '00000' });
    expect(body['area']).toBeNull();
    await world.sweep();
    expect((await world.look.offers(String(body['id']))).map(({ personId }) => personId)).toEqual([peer.personId]);
  });
});
