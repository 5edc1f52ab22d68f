import { RelationsService } from '../../src/supervision/relations.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Answer, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let api: Api;
let lead: Person;
let kim: Person;
let ruth: Person;
let peer: Person;
let asLead: Api;
beforeEach(async () => {
  world = await createWorld();
  await world.given.programme();
  lead = await world.given.supervisorLead({ canSignIn: true });
  kim = await world.given.supervisor({ canSignIn: true });
  ruth = await world.given.supervisor();
  peer = await world.given.peer({ canSignIn: true });
  api = await listening(world);
  asLead = await signedIn(lead);
});
afterEach(() => world.close());

const signedIn = (person: Person): Promise<Api> => api.signIn(person.email, PASSWORD);
const appoint = (supervisor: Person, of: Person = peer, kind = 'supervisor'): Promise<Answer> =>
  asLead.post('/supervision/relations', { personId: of.personId, supervisorId: supervisor.personId, kind });
const supervisors = () => world.db.read((tx) => world.get(RelationsService).supervisorsOf(tx, peer.personId, world.clock.now()));
async function aDayLater(): Promise<void> {
  world.clock.forward({ hours: 24 });
  asLead = await signedIn(lead);
}
const nobody = { supervisorId: null, deputyId: null };

describe('a new supervisor', () => {
  it('takes effect a day after the peer was told, to the minute', async () => {
    expect(await appoint(kim)).toMatchObject({ status: 201, body: { standing: 'waiting', kind: 'supervisor' } });
    world.clock.forward({ hours: 23, minutes: 59 });
    expect(await supervisors()).toEqual(nobody);
    world.clock.forward({ minutes: 1 });
    expect(await supervisors()).toEqual({ supervisorId: kim.personId, deputyId: null });
    const service = world.get(RelationsService);
    await world.db.read(async (tx) => {
      expect(await service.isSupervisorOf(tx, kim.personId, peer.personId, world.clock.now())).toBe(true);
      expect(await service.isSupervisorOf(tx, ruth.personId, peer.personId, world.clock.now())).toBe(false);
      expect(await service.peersOf(tx, kim.personId, world.clock.now())).toEqual([peer.personId]);
    });
  });

  it('takes effect at the peer’s tap, and the one before stays until then', async () => {
    await appoint(kim);
    const asPeer = await signedIn(peer);
    const [first] = itemsOf(await asPeer.get('/me/supervisors'));
    expect((await asPeer.post(`/me/supervisors/${String(first?.id)}/agree`)).body).toMatchObject({ standing: 'in-effect' });
    const second = await appoint(ruth);
    expect(await supervisors()).toMatchObject({ supervisorId: kim.personId });
    await asPeer.post(`/me/supervisors/${String(second.body.id)}/agree`);
    expect((await asPeer.post(`/me/supervisors/${String(second.body.id)}/agree`)).status).toBe(200);
    expect(await supervisors()).toMatchObject({ supervisorId: ruth.personId });
    expect(await asPeer.post(`/me/supervisors/${String(first?.id)}/agree`)).toMatchObject({ status: 409, body: { code: 'relation-over' } });
  });

  it('that is withdrawn leaves the one before where they were', async () => {
    await appoint(kim);
    await aDayLater();
    const next = await appoint(ruth);
    expect((await asLead.delete(`/supervision/relations/${String(next.body.id)}`)).status).toBe(204);
    world.clock.forward({ hours: 48 });
    expect(await supervisors()).toMatchObject({ supervisorId: kim.personId });
  });

  it('stands behind nobody once their account is closed', async () => {
    await appoint(kim);
    await aDayLater();
    await world.db.withTx((tx) => tx.run(`UPDATE account SET status = 'disabled' WHERE id = $1`, [kim.accountId]));
    expect(await supervisors()).toEqual(nobody);
    expect(JSON.stringify(itemsOf(await asLead.get('/supervision/relations')))).toContain('"serving":false');
  });
});

describe('nobody', () => {
  it('is supervised by themself, by their own hand, or by whom they supervise', async () => {
    const both = await world.given.person({ roles: ['peer', 'supervisor', 'supervisor-lead'], canSignIn: true });
    expect(await appoint(both, both)).toMatchObject({ status: 409, body: { code: 'not-yourself' } });
    const asBoth = await signedIn(both);
    const own = { personId: both.personId, supervisorId: kim.personId, kind: 'supervisor' };
    expect(await asBoth.post('/supervision/relations', own)).toMatchObject({ status: 409, body: { code: 'not-yourself' } });
    const other = await world.given.person({ roles: ['peer', 'supervisor'] });
    expect((await appoint(both, other)).status).toBe(201);
    expect(await appoint(other, both)).toMatchObject({ status: 409, body: { code: 'supervise-each-other' } });
    expect(await appoint(both, other, 'deputy')).toMatchObject({ status: 409, body: { code: 'stands-behind-already' } });
  });

  it('supervises each other when two leads say so at the same moment', async () => {
    const [one, other] = [await world.given.person({ roles: ['peer', 'supervisor'] }), await world.given.person({ roles: ['peer', 'supervisor'] })];
    const answers = await Promise.all([appoint(one, other), appoint(other, one)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });

  it('is appointed who does not supervise there, and nobody else’s peer is', async () => {
    expect(await appoint(peer, await world.given.peer())).toMatchObject({ status: 422, body: { errors: [{ field: 'supervisorId', code: 'not-a-supervisor' }] } });
    const elsewhere = await world.given.peer({ programmes: [await world.given.programme({ cover: 'none' })] });
    expect((await appoint(kim, elsewhere)).status).toBe(404);
  });

  it('but a supervisor lead appoints, and nobody but the peer agrees', async () => {
    const relation = await appoint(kim);
    const asKim = await signedIn(kim);
    expect((await asKim.post('/supervision/relations', { personId: peer.personId, supervisorId: ruth.personId, kind: 'deputy' })).status).toBe(403);
    const stranger = await signedIn(await world.given.peer({ canSignIn: true }));
    expect((await stranger.post(`/me/supervisors/${String(relation.body.id)}/agree`)).status).toBe(404);
    expect((await stranger.get('/me/supervisors')).body).toEqual({ items: [] });
  });
});
