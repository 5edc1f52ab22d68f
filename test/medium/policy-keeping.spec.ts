import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CarePolicy } from '../../src/programmes/domain/care-policy.js';
import type { DispatchPolicy } from '../../src/programmes/domain/policy.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { CarePolicyService } from '../../src/programmes/care-policy.service.js';
import { PolicyVersions } from '../../src/programmes/policy-versions.service.js';
import { PolicyService } from '../../src/programmes/policy.service.js';
import { TriageAgain } from '../../src/dispatch/triage-again.service.js';
import { LONGEST_SECONDS, SHORTEST_SECONDS } from '../../src/web/admin/policies/policy-fields.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Answer, type Api, type JsonObject } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const { dispatch: standard, care } = JSON.parse(readFileSync('config/policies.json', 'utf8')) as { dispatch: DispatchPolicy; care: CarePolicy };
let world: World;
let api: Api;
let admin: Api;
let person: Person;

beforeAll(async () => {
  world = await createWorld();
  api = await listening(world);
  person = await world.given.person({ roles: ['admin'], programmes: [], canSignIn: true });
  admin = await api.signIn(person.email, PASSWORD);
});
afterAll(() => world.close());

const faultsOf = (answer: Answer): string[] => itemsOf(answer, 'errors').map(({ field, code }) => `${String(field)} ${String(code)}`);
const useOf = async ({ id }: Programme): Promise<JsonObject> => itemsOf(await admin.get('/policies/in-use')).find(({ programmeId }) => programmeId === id) ?? {};
const withOffer = (offerSeconds: number): DispatchPolicy => ({ ...standard, byAcuity: { ...standard.byAcuity, 2: { ...standard.byAcuity[2], offerSeconds } } });

/** The standard with each of these settings as far beside its bound. */
function withEach(bounds: Readonly<Record<string, number>>, over: number): object {
  const content = structuredClone(standard) as unknown as Record<string, number> & { byAcuity: Record<string, Record<string, number>> };
  for (const [path, bound] of Object.entries(bounds)) {
    const [, acuity, atAcuity] = /^byAcuity\.(\d)\.(\w+)$/.exec(path) ?? [];
    Object.assign((acuity && content.byAcuity[acuity]) || content, { [atAcuity ?? path]: bound + over });
  }
  return content;
}

describe('the policies of a programme', () => {
  it('are the ones for everybody until it has its own', async () => {
    const programme = await world.given.programme();
    expect(await useOf(programme)).toMatchObject({ programmeName: programme.name, number: 1, own: false });
    expect(itemsOf(await admin.get(`/policies?programmeId=${programme.id}`))).toEqual([]);
    const [first] = itemsOf(await admin.get('/policies'));
    expect(first).toMatchObject({ number: 1, programmeId: null, createdBy: null });
    expect((await admin.get(`/policies/${String(first?.id)}`)).body.content).toEqual(standard);
  });

  it('change by a new version, with who and when, in use at once for new requests while old ones keep theirs', async () => {
    const programme = await world.given.programme();
    const before = await world.given.request({ programme });
    const untriaged = await world.given.request({ programme, acuity: undefined });
    const { policyId } = await useOf(programme);
    const added = await admin.post('/policies', { programmeId: programme.id, basedOn: policyId, content: withOffer(90) });
    expect([added.status, added.body]).toEqual([201, expect.objectContaining({ number: 1, programmeId: programme.id, createdBy: expect.objectContaining({ accountId: person.accountId }) as unknown })]);
    expect(await useOf(programme)).toMatchObject({ policyId: added.body.id, number: 1, own: true });
    const after = await world.given.request({ programme });
    // Its deadline was set by the old ones: triage does not move it to the new.
    await world.get(TriageAgain).triage((await world.given.coordinator({ programmes: [programme] })).principal, untriaged, { acuity: 2 });
    const versions = await world.db.read((tx) => tx.rows<{ id: string; policyVersionId: string }>('SELECT id, policy_version_id FROM crisis_request WHERE id = ANY($1)', [[before, untriaged, after]]));
    expect(Object.fromEntries(versions.map(({ id, policyVersionId }) => [id, policyVersionId]))).toEqual({ [before]: policyId, [untriaged]: policyId, [after]: added.body.id });
    const audit = await world.db.read((tx) => tx.one<{ action: string; actorId: string; data: object }>('SELECT action, actor_id, data FROM audit WHERE subject_id = $1', [String(added.body.id)]));
    expect(audit).toEqual({ action: 'policy.add', actorId: person.accountId, data: { number: 1, programmeId: programme.id } });
  });

  it('tell what differs, before saving and between any two versions', async () => {
    const programme = await world.given.programme();
    const { policyId } = await useOf(programme);
    const preview = await admin.post('/policies/preview', { basedOn: policyId, content: withOffer(75) });
    const change = { path: 'byAcuity.2.offerSeconds', from: 45, to: 75 };
    expect([preview.status, preview.body.changes]).toEqual([200, [change]]);
    expect(itemsOf(await admin.get(`/policies?programmeId=${programme.id}`))).toEqual([]);
    const one = await admin.post('/policies', { programmeId: programme.id, basedOn: policyId, content: withOffer(75) });
    const two = await admin.post('/policies', { programmeId: programme.id, basedOn: one.body.id, content: withOffer(80) });
    expect((await admin.get(`/policies/${String(two.body.id)}/diff/${String(policyId)}`)).body.changes).toEqual([{ ...change, to: 80 }]);
    expect(itemsOf(await admin.get(`/policies?programmeId=${programme.id}`)).map(({ number }) => number)).toEqual([2, 1]);
    const page = await admin.get(`/policies?programmeId=${programme.id}&limit=1`);
    expect(itemsOf(await admin.get(`/policies?programmeId=${programme.id}&limit=1&cursor=${String(page.body.nextCursor)}`)).map(({ number }) => number)).toEqual([1]);
  });

  it('are refused setting by setting, and nothing is written', async () => {
    const { policyId } = await useOf(await world.given.programme());
    const missing = Object.fromEntries(Object.entries(standard).filter(([name]) => name !== 'undoSeconds'));
    const atOne = (rung: object): object => ({ ...standard.byAcuity, 1: { ...standard.byAcuity[1], rungs: [{ afterSeconds: 0, waveSize: 2, radiusKm: 40, ...rung }] } });
    const save = (content: object) => admin.post('/policies', { basedOn: policyId, content });
    const refused = await save({ ...missing, triageSeconds: 0, mood: 3, lockedWaitMs: 'soon', byAcuity: atOne({ waveSize: 99 }) });
    expect([refused.status, faultsOf(refused).toSorted()]).toEqual([422, [
      'content.byAcuity.1.rungs.0.waveSize too-big', 'content.lockedWaitMs invalid-type', 'content.mood unknown-field', 'content.triageSeconds too-small',
      'content.undoSeconds invalid-type',
    ]]);
    expect(faultsOf(await save({ ...standard, byAcuity: atOne({ afterSeconds: 5 }) }))).toEqual(['content.byAcuity.1.rungs invalid']);
    expect(itemsOf(await admin.get('/policies'))).toHaveLength(1);
    expect(faultsOf(await admin.post('/policies', { basedOn: policyId, content: standard }))).toEqual(['content unchanged']);
    expect(faultsOf(await admin.post('/policies', { basedOn: '0190a000-0000-7000-8000-000000000000', content: withOffer(75) }))).toEqual(['basedOn unknown-version']);
  });

  it('let each time on which somebody waits be as long as the form says and no longer', async () => {
    const { policyId } = await useOf(await world.given.programme());
    const preview = (over: number) => admin.post('/policies/preview', { basedOn: policyId, content: withEach(LONGEST_SECONDS, over) });
    expect((await preview(0)).status).toBe(200);
    expect(faultsOf(await preview(1)).toSorted()).toEqual(Object.keys(LONGEST_SECONDS).map((path) => `content.${path} too-big`).toSorted());
  });

  it('never ask a peer for so short that nobody could have read it, nor let what was stored once do so', async () => {
    const programme = await world.given.programme();
    const { policyId } = await useOf(programme);
    const save = (over: number) => admin.post('/policies', { programmeId: programme.id, basedOn: policyId, content: withEach(SHORTEST_SECONDS, over) });
    const refused = await save(-1);
    expect([refused.status, faultsOf(refused).toSorted()]).toEqual([422, [1, 2, 3, 4].map((acuity) => `content.byAcuity.${acuity}.offerSeconds too-small`)]);
    expect(itemsOf(refused, 'errors')[0]).toMatchObject({ message: 'This is at least 15.' });
    expect((await save(0)).status).toBe(201);
    await world.db.withTx((tx) => tx.run(
      `INSERT INTO policy_version (id, kind, programme_id, number, content, content_hash, effective_from, created_at) VALUES ($1, 'dispatch', $2, 2, $3, 'short', $4, $4)`,
      ['0190a000-0000-7000-8000-00000000b0d6', programme.id, withOffer(3), world.clock.now()],
    ));
    const { content } = await world.db.read((tx) => world.get(PolicyService).current(tx, programme.id));
    expect(content).toEqual(withOffer(15));
  });

  it.each([
    'triageSeconds', 'pageRepeatSeconds', 'confirmContactSeconds', 'waitSeconds', 'newRoundSeconds', 'contactCheckSeconds', 'stillHereSeconds',
    'supervisorGraceSeconds', 'safetyCheckSeconds', 'byAcuity.1.supervisorAfterSeconds', 'byAcuity.1.contactSeconds', 'byAcuity.4.supervisorAfterSeconds',
  ])('let %s never be days', (path) => expect(LONGEST_SECONDS[path]).toBeLessThanOrEqual(7_200));

  it('that were stored before there was a bound go by the bound, and their requests go on', async () => {
    const programme = await world.given.programme();
    await world.db.withTx((tx) => tx.run(
      `INSERT INTO policy_version (id, kind, programme_id, number, content, content_hash, effective_from, created_at) VALUES ($1, 'dispatch', $2, 1, $3, 'old', $4, $4)`,
      ['0190a000-0000-7000-8000-00000000b0d5', programme.id, { ...standard, pageRepeatSeconds: 86_400, supervisorGraceSeconds: 86_400, byAcuity: { ...standard.byAcuity, 1: { ...standard.byAcuity[1], contactSeconds: 86_400 } }, weights: { ...standard.weights, wouldLikeMinutes: 5 } }, world.clock.now()],
    ));
    const { content } = await world.db.read((tx) => world.get(PolicyService).current(tx, programme.id));
    expect(content).toEqual({ ...standard, pageRepeatSeconds: 600, supervisorGraceSeconds: 900, byAcuity: { ...standard.byAcuity, 1: { ...standard.byAcuity[1], contactSeconds: 600 } } });
    await world.given.request({ programme });
  });

  it('begin at a later time where an admin says so, to the moment; until then those before them count', async () => {
    const programme = await world.given.programme();
    const { policyId } = await useOf(programme);
    const inMinutes = (minutes: number): string => new Date(world.clock.now().getTime() + minutes * 60_000).toISOString();
    const save = (basedOn: unknown, seconds: number, effectiveFrom?: string) => admin.post('/policies', { programmeId: programme.id, basedOn, content: withOffer(seconds), effectiveFrom });
    expect(faultsOf(await save(policyId, 90, inMinutes(0)))).toEqual(['effectiveFrom in-the-past']);
    expect((await save(policyId, 90, 'tomorrow')).status).toBe(422);
    const planned = await save(policyId, 90, inMinutes(10));
    expect(planned).toMatchObject({ status: 201, body: { number: 1, effectiveFrom: inMinutes(10) } });
    world.clock.forward({ minutes: 10, ms: -1 });
    expect(await useOf(programme)).toMatchObject({ policyId });
    expect((await save(policyId, 70)).status).toBe(409);
    world.clock.forward({ ms: 1 });
    expect(await useOf(programme)).toMatchObject({ policyId: planned.body.id, own: true });
  });

  it('that are newer take the place of those planned before them', async () => {
    const programme = await world.given.programme();
    const { policyId } = await useOf(programme);
    const later = new Date(world.clock.now().getTime() + 60_000).toISOString();
    const planned = await admin.post('/policies', { programmeId: programme.id, basedOn: policyId, content: withOffer(90), effectiveFrom: later });
    const newer = await admin.post('/policies', { programmeId: programme.id, basedOn: planned.body.id, content: withOffer(80) });
    expect(await useOf(programme)).toMatchObject({ policyId: newer.body.id });
    world.clock.forward({ minutes: 2 });
    expect(await useOf(programme)).toMatchObject({ policyId: newer.body.id });
  });

  it('never undo what another admin saved in the meantime', async () => {
    const programme = await world.given.programme();
    const { policyId } = await useOf(programme);
    const both = await Promise.all([50, 55].map((seconds) => admin.post('/policies', { programmeId: programme.id, basedOn: policyId, content: withOffer(seconds) })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });

  it('are not undone by a restart once an admin has changed those for everybody', async () => {
    const [newest] = itemsOf(await admin.get('/policies'));
    const added = await admin.post('/policies', { basedOn: newest?.id, content: withOffer(60) });
    await world.get(PolicyVersions).onModuleInit();
    expect(itemsOf(await admin.get('/policies'))[0]?.id).toBe(added.body.id);
    expect(await useOf(await world.given.programme())).toMatchObject({ policyId: added.body.id, own: false });
  });
});

describe('the gates', () => {
  it('that were lifted are counted by whom and which, of a month, for who answers for it', async () => {
    const [supervisor, peer, privacy] = [await world.given.supervisor({ canSignIn: true }), await world.given.peerOnDuty(), await world.given.person({ roles: ['privacy-officer'], programmes: [], canSignIn: true })];
    const requestId = await world.given.request();
    const insert = (gate: string, at: Date) => world.db.withTx((tx) => tx.run(
      `INSERT INTO gate_override (id, request_id, person_id, gate, by_account, at) VALUES (gen_random_uuid(), $1, $2, $3, $4, $5)`, [requestId, peer.personId, gate, supervisor.accountId, at],
    ));
    const now = world.clock.now();
    const month = now.toISOString().slice(0, 7);
    for (const gate of ['rest', 'rest', 'exposure']) await insert(gate, now);
    await insert('rest', new Date(`${month}-01T00:00:00Z`));
    await insert('rest', new Date(Date.parse(`${month}-01T00:00:00Z`) - 1));
    const answer = await admin.get('/gates/lifts');
    expect(answer.body.month).toBe(month);
    expect(itemsOf(answer).map(({ gate, accountId, count }) => [gate, accountId, count])).toEqual([['rest', supervisor.accountId, 3], ['exposure', supervisor.accountId, 1]]);
    expect(JSON.stringify(answer.body)).not.toContain(peer.personId);
    expect((await (await api.signIn(privacy.email, PASSWORD)).get(`/gates/lifts?month=${month}`)).body).toEqual(answer.body);
    expect((await (await api.signIn(supervisor.email, PASSWORD)).get('/gates/lifts')).status).toBe(403);
    expect((await admin.get('/gates/lifts?month=2026-13')).status).toBe(422);
  });

  it('that were lifted are counted for supervisor leads, of the last month that is over, and what keeps a peer well only from eleven on', async () => {
    const [supervisor, lead, peer] = [await world.given.supervisor({ canSignIn: true }), await world.given.person({ roles: ['supervisor-lead'], canSignIn: true }), await world.given.peerOnDuty()];
    const requestId = await world.given.request();
    const lift = (gate: string, times: number, at: Date) => world.db.withTx((tx) => tx.run(
      `INSERT INTO gate_override (id, request_id, person_id, gate, by_account, at) SELECT gen_random_uuid(), $1, $2, $3, $4, $5 FROM generate_series(1, $6)`, [requestId, peer.personId, gate, supervisor.accountId, at, times],
    ));
    const thisMonth = Date.parse(`${world.clock.now().toISOString().slice(0, 7)}-01T00:00:00Z`);
    const before = new Date(thisMonth - 1);
    for (const [gate, times] of [['supervision-overdue', 11], ['shift-hours', 10], ['load-cap', 2]] as const) await lift(gate, times, before);
    await lift('break', 20, new Date(thisMonth));
    const as = await api.signIn(lead.email, PASSWORD);
    const { body } = await as.get('/gates/lift-counts');
    const counts = new Map((body.items as readonly { gate: string; count: number | null }[]).map(({ gate, count }) => [gate, count]));
    expect([body.month, ...['supervision-overdue', 'shift-hours', 'break', 'load-cap', 'gender-must', 'away'].map((gate) => counts.get(gate))]).toEqual([before.toISOString().slice(0, 7), 11, null, null, 2, 0, undefined]);
    expect((await (await api.signIn(supervisor.email, PASSWORD)).get('/gates/lift-counts')).status).toBe(403);
  });

  it('can be read by those who meet them, with who may lift each', async () => {
    const gates = itemsOf(await admin.get('/gates'));
    expect(gates.find(({ code }) => code === 'gender-must')).toEqual({ code: 'gender-must', owner: 'requests', class: 'wish', mayLift: 'coordinator' });
    expect(gates.find(({ code }) => code === 'peer-unavailable')).toMatchObject({ class: 'hard', mayLift: 'nobody' });
  });
});

describe('the policy that keeps peers well', () => {
  const inUse = async ({ id }: Programme): Promise<JsonObject> => itemsOf(await admin.get('/policies/in-use?kind=care')).find(({ programmeId }) => programmeId === id) ?? {};
  const save = (basedOn: unknown, content: object, programmeId: string | null = null) => admin.post('/policies', { kind: 'care', programmeId, basedOn, content });
  const contentFor = async ({ id }: Programme): Promise<CarePolicy> =>
    (await world.db.read((tx) => world.get(CarePolicyService).current(tx, id, world.clock.now()))).content;

  it('is kept beside the other, version by version, and counts for everybody at once', async () => {
    const [programme, other] = [await world.given.programme({ care: 'standard' }), await world.given.programme({ care: 'standard' })];
    const { policyId } = await inUse(programme);
    expect((await admin.get(`/policies/${String(policyId)}`)).body).toMatchObject({ kind: 'care', content: care });
    const longer = { ...care, rest: { ...care.rest, afterContactMinutes: 15 } };
    expect((await admin.post('/policies/preview', { basedOn: policyId, content: longer })).body.changes).toEqual([{ path: 'rest.afterContactMinutes', from: 10, to: 15 }]);
    const added = await save(policyId, longer, programme.id);
    expect([added.status, added.body.number, added.body.kind]).toEqual([201, 1, 'care']);
    expect([await contentFor(programme), await contentFor(other)]).toEqual([longer, care]);
    expect(itemsOf(await admin.get(`/policies?programmeId=${programme.id}`))).toEqual([]);
    expect(itemsOf(await admin.get(`/policies?kind=care&programmeId=${programme.id}`)).map(({ id }) => id)).toEqual([added.body.id]);
  });

  it('can be made stricter, and never looser than what is known to harm', async () => {
    const { policyId } = await inUse(await world.given.programme({ care: 'standard' }));
    const loose = {
      ...care, hours: { ...care.hours, shiftHours: 12.5, restBetweenHours: 9, breakEveryMinutes: 150 }, exposure: { ...care.exposure, highAcuityInARow: 0, highAcuityPerShift: 51 },
    };
    expect(faultsOf(await save(policyId, loose)).toSorted()).toEqual([
      'content.exposure.highAcuityInARow too-small', 'content.exposure.highAcuityPerShift too-big', 'content.hours.breakEveryMinutes too-big',
      'content.hours.restBetweenHours too-small', 'content.hours.shiftHours too-big',
    ]);
    const wrong = { ...care, hours: { ...care.hours, shiftWarnHours: 9, shiftHours: 8 }, criticalCheckInHours: [72, 24], requirements: { ...care.requirements, training: ['No Code'] } };
    expect(faultsOf(await save(policyId, wrong)).toSorted()).toEqual(['content.criticalCheckInHours invalid', 'content.hours invalid', 'content.requirements.training.0 invalid']);
  });

  it('asks for nothing that nobody could hold', async () => {
    const { policyId } = await inUse(await world.given.programme({ care: 'standard' }));
    const content = { ...care, requirements: { ...care.requirements, training: ['peer-training', 'levitation'], byAcuity: { '1': ['telepathy'] } } };
    expect(faultsOf(await save(policyId, content))).toEqual(['content.requirements.training.1 unknown-code', 'content.requirements.byAcuity.1.0 unknown-code']);
  });

  it('is not mixed up with the other', async () => {
    const programme = await world.given.programme({ care: 'standard' });
    const [mine, others] = [(await inUse(programme)).policyId, (await useOf(programme)).policyId];
    expect(faultsOf(await save(others, { ...care, ratio: { ...care.ratio, peersPerSupervisor: 9 } }, programme.id))).toEqual(['basedOn unknown-version']);
    expect((await admin.post('/policies/preview', { basedOn: mine, content: standard })).status).toBe(422);
    expect((await admin.get(`/policies/${String(mine)}/diff/${String(others)}`)).status).toBe(404);
  });
});
