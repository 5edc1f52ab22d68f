import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { AppointingService } from '../../src/supervision/appointing.service.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Answer, type Api, type JsonObject } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const DAY_MS = 24 * HOUR_MS;
let world: World;
let api: Api;
let programme: Programme;
let peer: Person;
let kim: Person;
let asAdmin: Api;
let asKim: Api;
let asPeer: Api;

beforeAll(async () => {
  world = await createWorld();
  api = await listening(world);
});
beforeEach(async () => {
  programme = await world.given.programme({ care: 'standard' });
  peer = await world.given.peer({ programmes: [programme], canSignIn: true, holds: 'nothing' });
  kim = await world.given.supervisor({ programmes: [programme], canSignIn: true });
  asAdmin = await signedIn(await world.given.person({ roles: ['admin'], programmes: [], canSignIn: true }));
  [asKim, asPeer] = [await signedIn(kim), await signedIn(peer)];
});
afterAll(() => world.close());

const signedIn = (person: Person): Promise<Api> => api.signIn(person.email, PASSWORD);
const inDays = (days: number): string => after(world.clock.now(), days * DAY_MS).toISOString();
const daysAgo = (days: number): string => inDays(-days).slice(0, 10);
const faultsOf = (answer: Answer): string[] => itemsOf(answer, 'errors').map(({ field, code }) => `${String(field)} ${String(code)}`);
const record = (as: Api, body: object, of: Person = peer): Promise<Answer> => as.post(`/peers/${of.personId}/credentials`, { issuedOn: daysAgo(10), ...body });
const CERTIFIED = { code: 'certified-mh', issuer: 'State board', state: 'OR', number: 'OR-4711', ceHoursNeeded: 20, issuedOn: '2025-09-01', expiresAt: '2027-09-01T07:00:00.000Z' };
const one = async (as: Api, path: string): Promise<JsonObject> => itemsOf(await as.get(path))[0] ?? {};

describe('credentials', () => {
  it('are recorded by administration, and seen by the peer and the supervisors of their programme', async () => {
    const { status, body } = await record(asAdmin, { ...CERTIFIED, expiresAt: inDays(300) });
    expect([status, body]).toEqual([201, expect.objectContaining({
      code: 'certified-mh', credentialClass: 'certification', standing: 'in-date', issuer: 'State board', state: 'OR', attested: false, hasNumber: true, renewed: false,
    })]);
    expect(await one(asPeer, '/me/credentials')).toEqual(body);
    expect(await one(asKim, `/peers/${peer.personId}/credentials`)).toEqual(body);
  });

  it('are attested by a supervisor with date and hours: the way in without a certificate', async () => {
    const { status, body } = await record(asKim, { code: 'peer-training', hours: 46, ceHours: 6, attested: true });
    expect([status, body.attested, body.hours, body.ceHours, body.issuer]).toEqual([201, true, 46, 6, null]);
    expect(faultsOf(await record(asKim, { code: 'peer-training', attested: true }))).toEqual(['hours required']);
    expect(faultsOf(await record(asKim, { ...CERTIFIED, attested: true }))).toEqual(['attested not-here']);
    expect(faultsOf(await record(asAdmin, { code: 'peer-training', hours: 46, attested: true }))).toEqual(['attested only-a-supervisor']);
  });

  it.each([
    ['a code there is not', { code: 'no-such-code', issuer: 'x' }, 'code unknown-code'],
    ['a day there is not', { code: 'is-100', issuer: 'x', issuedOn: '2026-02-30' }, 'issuedOn is-day'],
    ['a day to come', { code: 'is-100', issuer: 'x', issuedOn: '2026-12-31' }, 'issuedOn in-the-future'],
    ['half a tenth of an hour', { code: 'is-100', issuer: 'x', hours: 1.25 }, 'hours is-number'],
    ['a state in words', { code: 'certified-mh', issuer: 'x', state: 'Oregon' }, 'state matches'],
    ['blanks for an issuer', { code: 'is-100', issuer: '   ' }, 'issuer matches'],
    ['the report of a check', { code: 'background-check', result: 'passed', report: 'x' }, 'report unknown-field'],
  ])('refuse %s, name the field and change nothing', async (_, body, fault) => {
    const answer = await record(asAdmin, body);
    expect([answer.status, faultsOf(answer)]).toEqual([422, [fault]]);
    expect(itemsOf(await asPeer.get('/me/credentials'))).toEqual([]);
  });

  it('end at the minute they say, and at the minute they are revoked', async () => {
    await record(asAdmin, { code: 'is-100', issuer: 'FEMA EMI', expiresAt: after(world.clock.now(), HOUR_MS).toISOString() });
    const { body: other } = await record(asAdmin, { code: 'is-700', issuer: 'FEMA EMI' });
    const standing = async () => itemsOf(await asPeer.get('/me/credentials')).map((each) => `${String(each.code)} ${String(each.standing)}`);
    world.clock.forward({ hours: 1, ms: -1 });
    expect(await standing()).toEqual(['is-700 in-date', 'is-100 in-date']);
    world.clock.forward({ ms: 1 });
    expect(await standing()).toEqual(['is-700 in-date', 'is-100 expired']);
    expect((await asKim.post(`/credentials/${String(other.id)}/revoke`)).body.standing).toBe('revoked');
    expect(await standing()).toEqual(['is-700 revoked', 'is-100 expired']);
    expect((await asKim.post(`/credentials/${String(other.id)}/revoke`)).body.code).toBe('credential-revoked');
  });

  it('open their number to the peer and to administration alone, and say so in the audit', async () => {
    const { body } = await record(asKim, CERTIFIED);
    const path = `/credentials/${String(body.id)}/number`;
    expect([(await asAdmin.get(path)).body, (await asPeer.get(path)).body, (await asKim.get(path)).status]).toEqual([{ number: 'OR-4711' }, { number: 'OR-4711' }, 403]);
    const audited = await world.db.read((tx) => tx.rows<{ action: string }>('SELECT action FROM audit WHERE subject_id = $1 ORDER BY at, id', [body.id as string]));
    expect(audited.map(({ action }) => action)).toEqual(['credential.recorded', 'credential.read-number', 'credential.read-number']);
    const stored = await world.db.read((tx) => tx.rows<{ row: string }>(`SELECT to_jsonb(c)::text AS row FROM peer_credential c WHERE id = $1`, [body.id as string]));
    expect(stored[0]?.row).not.toContain('OR-4711');
  });

  it('sum the hours of continuing education in the renewal period of a certification', async () => {
    await record(asAdmin, { ...CERTIFIED, expiresAt: inDays(300) });
    await record(asKim, { code: 'psychological-first-aid', hours: 6, ceHours: 5.5, attested: true });
    await record(asKim, { code: 'continuing-education', hours: 3, ceHours: 3, issuedOn: '2025-08-31', attested: true });
    const { body: revoked } = await record(asKim, { code: 'continuing-education', hours: 8, ceHours: 8, attested: true });
    await asKim.post(`/credentials/${String(revoked.id)}/revoke`);
    const certified = itemsOf(await asPeer.get('/me/credentials')).find(({ code }) => code === 'certified-mh');
    expect(certified?.continuingEducation).toEqual({ from: '2025-09-01', until: certified?.expiresAt, needed: 20, done: 5.5 });
  });
});

describe('the walls around credentials', () => {
  it('let nobody record, attest or revoke for themself', async () => {
    const both = await world.given.peer({ programmes: [programme], canSignIn: true, holds: 'nothing' });
    await world.db.withTx((tx) => tx.run(`UPDATE account SET roles = ARRAY['peer','supervisor'] WHERE id = $1`, [both.accountId]));
    const asBoth = await signedIn(both);
    expect((await record(asBoth, { code: 'peer-training', hours: 40, attested: true }, both)).body.code).toBe('not-yourself');
    const { body } = await record(asKim, { code: 'peer-training', hours: 40, attested: true }, both);
    expect((await asBoth.post(`/credentials/${String(body.id)}/revoke`)).body.code).toBe('not-yourself');
  });

  it('hide them from coordinators, from other peers and from supervisors of other programmes', async () => {
    const { body } = await record(asAdmin, { code: 'is-100', issuer: 'FEMA EMI' });
    const elsewhere = await world.given.programme();
    const others: [Api, number][] = [
      [await signedIn(await world.given.coordinator({ programmes: [programme], canSignIn: true })), 403],
      [await signedIn(await world.given.peer({ programmes: [programme], canSignIn: true })), 403],
      [await signedIn(await world.given.supervisor({ programmes: [elsewhere], canSignIn: true })), 404],
    ];
    for (const [viewer, status] of others) {
      expect((await viewer.get(`/peers/${peer.personId}/credentials`)).status).toBe(status);
      expect((await record(viewer, { code: 'is-700', issuer: 'x' })).status).toBe(status);
      expect((await viewer.post(`/credentials/${String(body.id)}/revoke`)).status).toBe(status);
    }
  });

  it('keep a check between the peer and administration', async () => {
    const { status, body } = await record(asAdmin, { code: 'background-check', result: 'not-passed' });
    expect([status, body.result, body.standing]).toEqual([201, 'not-passed', 'revoked']);
    expect(faultsOf(await record(asKim, { code: 'background-check', result: 'passed' }))).toEqual(['code only-an-admin']);
    expect(itemsOf(await asKim.get(`/peers/${peer.personId}/credentials`))).toEqual([]);
    expect((await asKim.post(`/credentials/${String(body.id)}/revoke`)).status).toBe(404);
    expect((await one(asPeer, '/me/credentials')).result).toBe('not-passed');
  });
});

describe('what ends soon', () => {
  it('is listed for the supervisors of the programme, the first to end first, without what was renewed', async () => {
    await record(asAdmin, { code: 'field-safety', issuer: 'x', expiresAt: inDays(80) });
    await record(asAdmin, { code: 'is-100', issuer: 'x', expiresAt: inDays(20) });
    await record(asAdmin, { code: 'is-700', issuer: 'x', expiresAt: inDays(30) });
    await record(asAdmin, { code: 'is-700', issuer: 'x', expiresAt: inDays(400) });
    await record(asAdmin, { code: 'background-check', result: 'passed', expiresAt: inDays(5) });
    const codes = async (viewer: Api, query = '') => itemsOf(await viewer.get(`/credentials/expiring${query}`)).map(({ code }) => code);
    expect(await codes(asKim)).toEqual(['is-100', 'field-safety']);
    expect(await codes(asKim, '?days=30')).toEqual(['is-100']);
    const first = await asKim.get('/credentials/expiring?limit=1');
    expect(await codes(asKim, `?limit=1&cursor=${String(first.body.nextCursor)}`)).toEqual(['field-safety']);
    const elsewhere = await world.given.programme();
    expect(await codes(await signedIn(await world.given.supervisor({ programmes: [elsewhere], canSignIn: true })))).toEqual([]);
  });
});

describe('eligible and billable', () => {
  const asked = (as: Api, programmeId = programme.id): Promise<Answer> => as.get(`/peers/${peer.personId}/eligibility?programmeId=${programmeId}`);
  const ask = async (as: Api): Promise<JsonObject> => itemsOf(await asked(as))[0] ?? {};
  const trained = async (): Promise<void> => {
    await record(asKim, { code: 'peer-training', hours: 46, attested: true });
    await record(asKim, { code: 'crisis-support', hours: 12, attested: true });
    await record(asKim, { code: 'agency-orientation', hours: 6, attested: true, expiresAt: inDays(30) });
  };

  it('are two answers: who is trained serves, and only who is certified and supervised is claimed for', async () => {
    expect(await ask(asKim)).toMatchObject({ eligible: false, acuities: [], billing: { billable: false } });
    expect(itemsOf(await asked(asKim))[0]?.missing).toEqual(expect.arrayContaining([{ code: 'peer-training', acuity: null, endedAt: null }, { code: 'crisis-support', acuity: 1, endedAt: null }]));
    await trained();
    expect(await ask(asKim)).toMatchObject({
      eligible: true, acuities: [1, 2, 3, 4], missing: [], lastsUntil: inDays(30), billing: { billable: false, missing: ['certification', 'supervision'] },
    });
    await record(asAdmin, { ...CERTIFIED, expiresAt: inDays(20) });
    await world.db.withTx((tx) => world.get(AppointingService).found(tx, { personId: peer.personId, supervisorId: kim.personId, kind: 'supervisor' }, kim.accountId, world.clock.now()));
    expect((await ask(asAdmin)).billing).toEqual({ billable: true, missing: [], lastsUntil: inDays(20) });
    expect(itemsOf(await asPeer.get('/me/eligibility'))).toEqual([await ask(asAdmin)]);
  });

  it('flip at the minute: the certification takes the claim alone, the training the service', async () => {
    await trained();
    await record(asAdmin, { ...CERTIFIED, expiresAt: inDays(20) });
    await world.db.withTx((tx) => world.get(AppointingService).found(tx, { personId: peer.personId, supervisorId: kim.personId, kind: 'supervisor' }, kim.accountId, world.clock.now()));
    const answers = async (): Promise<unknown[]> => {
      const { eligible, billing } = (await ask(await signedIn(kim))) as unknown as { eligible: boolean; billing: { billable: boolean } };
      return [eligible, billing.billable];
    };
    world.clock.forward({ hours: 20 * 24, ms: -1 });
    expect(await answers()).toEqual([true, true]);
    world.clock.forward({ ms: 1 });
    expect(await answers()).toEqual([true, false]);
    world.clock.forward({ hours: 10 * 24, ms: -1 });
    expect(await answers()).toEqual([true, false]);
    world.clock.forward({ ms: 1 });
    expect(await answers()).toEqual([false, false]);
  });

  it('are answered for programmes of the peer and the caller alone', async () => {
    const elsewhere = await world.given.programme();
    expect(faultsOf(await asked(asAdmin, elsewhere.id))).toEqual(['programmeId unknown-programme']);
    expect(faultsOf(await asked(asKim, 'mine'))).toEqual(['programmeId is-uuid']);
    expect(itemsOf(await asKim.get(`/peers/${peer.personId}/eligibility`))).toEqual([await ask(asKim)]);
    expect((await asked(await signedIn(await world.given.supervisor({ programmes: [elsewhere], canSignIn: true })))).status).toBe(404);
    expect((await asked(await signedIn(await world.given.coordinator({ programmes: [programme], canSignIn: true })))).status).toBe(403);
  });
});
