import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Trait } from '../../src/peers/domain/peer.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { Given, PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Answer, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const NOBODY = '0190a000-0000-7000-8000-000000000000';
const TRAITS: Trait[] = [
  { kind: 'experience', code: 'loss', consent: 'may-be-told' },
  { kind: 'experience', code: 'psychosis', consent: 'match-only' },
  { kind: 'experience', code: 'trauma', consent: 'supervisor' },
];
let world: World;
let given: Given;
let api: Api;
let admin: Api;
let programme: Programme;

beforeAll(async () => {
  world = await createWorld();
  given = new Given(world);
  api = await listening(world);
  programme = await given.programme();
  admin = await api.signIn((await given.person({ roles: ['admin'], programmes: [], canSignIn: true })).email, PASSWORD);
});
afterAll(() => world.close());

const faultsOf = (answer: Answer): string[] => itemsOf(answer, 'errors').map(({ field, code }) => `${String(field)} ${String(code)}`);
const traitsOf = (personId: string): Promise<Trait[]> =>
  world.db.read((tx) => tx.rows('SELECT kind, code, consent FROM peer_trait WHERE person_id = $1 ORDER BY kind, code', [personId]));
const matcherSees = (personId: string): Promise<{ traits: string[] }[]> => world.db.read((tx) => tx.rows('SELECT traits FROM on_duty WHERE person_id = $1', [personId]));
const change = async ({ personId }: Person, body: object): Promise<Answer> => admin.patch(`/peers/${personId}`, body, (await admin.get(`/peers/${personId}/record`)).body.version);

describe('an admin enrols a peer', () => {
  it('whose account has the role, once', async () => {
    const person = await given.person({ roles: ['peer'], programmes: [programme] });
    const ask = { personId: person.personId, languages: ['en', 'es'], contactKinds: ['phone'], engagement: 'volunteer' };
    const { status, body } = await admin.post('/peers', ask);
    expect([status, body.languages, body.youthCleared, body.areaId, body.status, body.traits]).toEqual([201, ['en', 'es'], null, null, 'active', []]);
    expect((await admin.post('/peers', ask)).body.code).toBe('already-a-peer');
    await given.checkedIn(person, { programmes: [programme], takes: ['phone'] });
    expect((await matcherSees(person.personId))[0]?.traits).toContain('language:es');
  });

  it('and hears which field cannot be', async () => {
    const coordinator = await given.coordinator();
    const ask = { personId: coordinator.personId, languages: ['en'], contactKinds: ['phone'], engagement: 'volunteer' };
    expect(faultsOf(await admin.post('/peers', ask))).toEqual(['personId not-a-peer']);
    expect(faultsOf(await admin.post('/peers', { ...ask, personId: NOBODY }))).toEqual(['personId unknown-person']);
    const person = await given.person({ roles: ['peer'] });
    expect(faultsOf(await admin.post('/peers', { ...ask, personId: person.personId, languages: ['en', 'xx'], areaId: NOBODY }))).toEqual(['languages.1 unknown-code', 'areaId unknown-area']);
  });
});

describe('an admin changes a peer', () => {
  it('and the matcher goes by it at once, whoever is on duty', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme], speaks: ['en'], takes: ['phone', 'text'] });
    await change(peer, { languages: ['en', 'vi'], contactKinds: ['phone', 'video'] });
    expect((await matcherSees(peer.personId)).map(({ traits }) => traits)).toEqual([[`programme:${programme.id}`, 'kind:phone', 'language:en', 'language:vi']]);
    const requestId = await given.request({ programme, language: 'vi' });
    await world.sweep();
    expect((await world.look.offers(requestId)).map(({ personId }) => personId)).toEqual([peer.personId]);
  });

  it('who then serves no more: off duty, asked for nothing, and told to coordinators by nothing but their absence', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme], speaks: ['ko'] });
    const requestId = await given.request({ programme, language: 'ko' });
    await world.sweep();
    expect((await world.look.pendingOffer(requestId)).personId).toBe(peer.personId);
    expect((await change(peer, { status: 'inactive' })).body.status).toBe('inactive');
    expect(await world.get(DutyService).ofPerson(peer.personId)).toEqual([]);
    expect((await world.look.offers(requestId)).map(({ status }) => status)).toEqual(['withdrawn']);
    expect((await admin.get(`/peers/${peer.personId}`)).status).toBe(404);
    expect(itemsOf(await admin.get('/peers?status=inactive')).map(({ id }) => id)).toEqual([peer.personId]);
    const desk = await api.signIn((await given.coordinator({ programmes: [programme], canSignIn: true })).email, PASSWORD);
    expect(itemsOf(await desk.get('/peers?status=inactive'))).toEqual([]);
  });

  it('on the version they hold only', async () => {
    const { personId } = await given.peer();
    const answers = [await admin.patch(`/peers/${personId}`, { engagement: 'stipend' }), await admin.patch(`/peers/${personId}`, { engagement: 'stipend' }, 2)];
    expect(answers.map(({ body }) => body.code)).toEqual(['version-required', 'stale-version']);
    expect((await admin.patch(`/peers/${NOBODY}`, { engagement: 'stipend' }, 1)).status).toBe(404);
  });

  it('but not what only the peer may say', async () => {
    const peer = await given.peer({ gender: 'woman' });
    for (const field of ['gender', 'consent', 'exclusions', 'limits', 'name']) {
      expect(faultsOf(await admin.patch(`/peers/${peer.personId}`, { [field]: 'x' }, 1))).toEqual([`${field} unknown-field`]);
    }
    expect(faultsOf(await admin.patch(`/peers/${peer.personId}`, { addTraits: [{ kind: 'experience', code: 'loss', consent: 'may-be-told' }] }, 1))).toEqual(['addTraits.0.consent unknown-field']);
  });

  it('and the audit counts traits without naming them', async () => {
    const peer = await given.peer({ traits: TRAITS });
    await change(peer, { youthCleared: true, addTraits: [{ kind: 'experience', code: 'eating' }], removeTraits: [{ kind: 'experience', code: 'loss' }] });
    const rows = await world.db.read((tx) => tx.rows<{ data: object }>('SELECT data FROM audit WHERE subject_id = $1', [peer.personId]));
    expect(rows.map(({ data }) => data)).toEqual([{ fields: 'youthCleared', traitsAdded: 1, traitsRemoved: 1 }]);
  });
});

describe('what a peer keeps to themself', () => {
  it('is not in the record', async () => {
    const peer = await given.peer({ traits: TRAITS, gender: 'man' });
    const { body, text } = await admin.get(`/peers/${peer.personId}/record`);
    expect(body.traits).toEqual([{ kind: 'experience', code: 'loss' }]);
    expect(text).not.toMatch(/psychosis|trauma|gender|consent|availab|away|limit/);
  });

  it('is learnt neither by adding it nor by removing it, and stays as it was', async () => {
    const [has, hasNot] = [await given.peer({ traits: TRAITS }), await given.peer({ traits: TRAITS.slice(0, 1) })];
    const asks = [{ addTraits: [{ kind: 'experience', code: 'psychosis' }] }, { removeTraits: [{ kind: 'experience', code: 'trauma' }] }];
    for (const ask of asks) {
      const [one, other] = [await change(has, ask), await change(hasNot, ask)];
      expect([one.status, { ...one.body, id: 0, name: 0 }]).toEqual([other.status, { ...other.body, id: 0, name: 0 }]);
    }
    expect(await traitsOf(has.personId)).toEqual(TRAITS);
    expect(await traitsOf(hasNot.personId)).toEqual([TRAITS[0], { kind: 'experience', code: 'psychosis', consent: 'match-only' }]);
  });
});
