import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Answer, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const SAFE = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' } as const;
const liked = (value: string) => ({ kind: 'language', value, strength: 'would-like' }) as const;

describe('a language that would be liked', () => {
  let world: World;
  let desk: Api;
  let programme: Programme;
  let coordinator: Person;
  /** Asked first when nothing sets the two apart: of the lower id. */
  let plain: Person;
  let both: Person;

  beforeAll(async () => {
    world = await createWorld();
    desk = await listening(world);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    programme = await world.given.programme();
    coordinator = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    [plain, both] = [await world.given.peerOnDuty({ programmes: [programme], speaks: ['en'] }), await world.given.peerOnDuty({ programmes: [programme], speaks: ['en', 'es'] })];
  });

  /** Routine: one at a time is asked. */
  const ask = async (over: object): Promise<Answer> =>
    (await desk.signIn(coordinator.email, PASSWORD)).post('/requests', { programmeId: programme.id, channel: 'phone', contactKind: 'phone', language: 'en', acuity: 4, safety: SAFE, ...over });
  const asked = async (id: unknown): Promise<string[]> => {
    await world.sweep();
    return (await world.look.offers(String(id))).filter(({ status }) => status === 'pending').map(({ personId }) => personId);
  };
  const faultsOf = (answer: Answer): string[] => itemsOf(answer, 'errors').map(({ field, code }) => `${String(field)} ${String(code)}`);

  it('brings whoever speaks it to the fore, and never keeps anybody out', async () => {
    const { body } = await ask({ preferences: [liked('es')] });
    expect(body['preferences']).toEqual([liked('es')]);
    expect(await asked(body['id'])).toEqual([both.personId]);
    const { body: nobodySpeaks } = await ask({ preferences: [liked('so')] });
    expect(await asked(nobodySpeaks['id'])).toEqual([plain.personId]);
  });

  it('is said at triage as well, in place of what was said before; other wishes stay', async () => {
    const gender = { kind: 'gender', value: 'woman', strength: 'would-like' } as const;
    const { body } = await ask({ preferences: [gender, liked('so')] });
    const as = await desk.signIn(coordinator.email, PASSWORD);
    const triaged = await as.post(`/requests/${String(body['id'])}/triage`, { acuity: 4, preferences: [liked('es')] });
    expect([triaged.status, triaged.body['preferences']]).toEqual([200, [gender, liked('es')]]);
    const again = await as.post(`/requests/${String(body['id'])}/triage`, { acuity: 4 });
    expect(again.body['preferences']).toEqual([gender, liked('es')]);
  });

  it('is in the catalogue and never a must: that is the language of the request', async () => {
    const refused = await ask({ preferences: [liked('xx'), { kind: 'language', value: 'es', strength: 'must' }] });
    expect([refused.status, faultsOf(refused)]).toEqual([422, ['preferences.0.value unknown-code', 'preferences.1.strength would-like-only']]);
  });

  it('is the only wish that triage takes: the others are lifted with a reason', async () => {
    const must = { kind: 'gender', value: 'woman', strength: 'must' } as const;
    const { body } = await ask({ preferences: [must] });
    const as = await desk.signIn(coordinator.email, PASSWORD);
    const refused = await as.post(`/requests/${String(body['id'])}/triage`, { acuity: 4, preferences: [{ kind: 'gender', value: 'man', strength: 'would-like' }, liked('xx')] });
    expect([refused.status, faultsOf(refused)]).toEqual([422, ['preferences.1.value unknown-code', 'preferences.0.kind only-at-intake']]);
    expect((await as.get(`/requests/${String(body['id'])}`)).body['preferences']).toEqual([must]);
  });
});
