import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsultService } from '../../src/dispatch/consult.service.js';
import { DeskService } from '../../src/dispatch/desk.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { OnCallService } from '../../src/programmes/on-call.service.js';
import { AlarmsService } from '../../src/requests/alarms.service.js';
import { AdminDesk } from '../support/admin.js';
import type { Person } from '../support/given.js';
import { itemsOf } from '../support/http-api.js';
import { PASSWORD } from '../support/given.js';
import { acceptedBy } from '../support/work.js';
import { createWorld, type World } from '../support/world.js';

describe('what somebody had taken on who may serve no longer', () => {
  let world: World;
  let desk: AdminDesk;
  let programme: Programme;
  let coordinator: Person;
  let holder: Person;
  let other: Person;

  beforeAll(async () => {
    world = await createWorld();
    desk = await AdminDesk.open(world);
  });
  afterAll(() => world.close());

  /** A programme with two supervisors on call. */
  async function begin(): Promise<void> {
    programme = await world.given.programme({ cover: 'none' });
    coordinator = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    [holder, other] = [await world.given.supervisor({ programmes: [programme] }), await world.given.supervisor({ programmes: [programme], canSignIn: true })];
    await world.db.withTx((tx) => world.get(OnCallService).setList(tx, programme.id, [holder.accountId, other.accountId]));
  }
  async function escalated(): Promise<string> {
    const id = await world.given.request({ programme, by: coordinator });
    await world.get(DeskService).escalate(coordinator.principal, id, 'coordinator');
    return escalationOf(id);
  }
  const escalationOf = async (requestId: string): Promise<string> =>
    (await world.db.read((tx) => tx.one<{ id: string }>('SELECT id FROM escalation WHERE request_id = $1 AND closed_at IS NULL', [requestId]))).id;
  const escalation = (id: string) => world.db.read((tx) => tx.one<{ acknowledgedBy: string | null; supervisorAt: Date | null; pagesSent: number; ownerAccountId: string | null }>(
    'SELECT acknowledged_by, supervisor_at, pages_sent, owner_account_id FROM escalation WHERE id = $1', [id]));
  const pagedTo = async (subjectId: string, person: Person | null): Promise<number> =>
    (await world.db.read((tx) => tx.one<{ n: number }>(
      'SELECT count(*)::int AS n FROM page WHERE subject_id = $1 AND account_id IS NOT DISTINCT FROM $2 AND acknowledged_at IS NULL', [subjectId, person?.accountId ?? null]))).n;
  async function change(person: Person, body: object): Promise<void> {
    const { version } = (await desk.asAdmin.get(`/accounts/${person.accountId}`)).body as { version: number };
    expect((await desk.asAdmin.patch(`/accounts/${person.accountId}`, body, version)).status).toBe(200);
  }

  it.each([
    ['is disabled', { disabled: true }],
    ['is a supervisor no longer', { roles: ['coordinator'] }],
    ['belongs to the programme no longer', { programmeIds: [] }],
  ])('an escalation is nobody\'s again when its supervisor %s: boards alarm, the others are paged at once', async (_, body) => {
    await begin();
    const id = await escalated();
    await world.get(DeskService).acknowledge(holder.principal, id);
    expect([await pagedTo(id, other), await pagedTo(id, null)]).toEqual([0, 0]);
    await change(holder, body);
    await world.sweep();
    expect(await escalation(id)).toMatchObject({ acknowledgedBy: null, supervisorAt: null, ownerAccountId: null, pagesSent: 2 });
    expect([await pagedTo(id, other), await pagedTo(id, null), await pagedTo(id, holder)]).toEqual([1, 1, 0]);
    const asOther = await desk.api.signIn(other.email, PASSWORD);
    expect(itemsOf(await asOther.get('/me/pages')).map((page) => page.id)).toContain(id);
    expect((await asOther.post(`/escalations/${id}/acknowledge`)).status).toBe(200);
    expect((await escalation(id)).acknowledgedBy).toBe(other.accountId);
    const asDesk = await desk.api.signIn(coordinator.email, PASSWORD);
    const { requestId } = await world.db.read((tx) => tx.one<{ requestId: string }>('SELECT request_id FROM escalation WHERE id = $1', [id]));
    expect(itemsOf(await asDesk.get(`/requests/${requestId}/timeline`)).map(({ type }) => type)).toContain('escalation.left-behind');
  });

  it('another supervisor takes an escalation over even before it is paged again', async () => {
    await begin();
    const id = await escalated();
    await world.get(DeskService).acknowledge(holder.principal, id);
    await change(holder, { disabled: true });
    await world.get(DeskService).acknowledge(other.principal, id);
    expect(await escalation(id)).toMatchObject({ acknowledgedBy: other.accountId, ownerAccountId: other.accountId });
  });

  it('stays with a supervisor who can still serve', async () => {
    await begin();
    const id = await escalated();
    await world.get(DeskService).acknowledge(holder.principal, id);
    await change(holder, { displayName: 'Another name', roles: ['supervisor', 'coordinator'] });
    await change(other, { disabled: true });
    await world.sweep();
    await world.get(DeskService).acknowledge(coordinator.principal, id);
    expect(await escalation(id)).toMatchObject({ acknowledgedBy: holder.accountId, pagesSent: 1 });
  });

  it('a consult is paged again, and another supervisor takes it', async () => {
    await begin();
    const lead = await world.given.peerOnDuty({ programmes: [programme] });
    const { requestId } = await acceptedBy(world, world.given, programme, lead);
    const assignmentId = (await world.look.assignments(requestId))[0]?.id ?? '';
    await world.get(EncountersService).contactMade(lead.principal, assignmentId);
    const id = await world.get(ConsultService).ask(lead.principal, assignmentId);
    await world.get(ConsultService).take(holder.principal, id);
    expect(await pagedTo(id, other)).toBe(0);
    await change(holder, { disabled: true });
    await world.sweep();
    expect(await pagedTo(id, other)).toBe(1);
    await world.get(ConsultService).take(other.principal, id);
    expect((await world.db.read((tx) => tx.one<{ takenBy: string }>('SELECT taken_by FROM consult WHERE id = $1', [id]))).takenBy).toBe(other.accountId);
  });

  it('an alarm pages again', async () => {
    await begin();
    const alarms = world.get(AlarmsService);
    const late = await world.given.request({ programme, by: coordinator });
    await world.db.withTx((tx) => alarms.open(tx, { programmeId: programme.id, kind: 'triage-missed', subjectId: late }, world.clock.now()));
    const { id } = await world.db.read((tx) => tx.one<{ id: string }>('SELECT id FROM alarm WHERE programme_id = $1', [programme.id]));
    await alarms.acknowledge(id, holder.accountId);
    await change(holder, { disabled: true });
    await world.sweep();
    expect([await pagedTo(id, other), await pagedTo(id, null)]).toEqual([1, 1]);
    await alarms.acknowledge(id, other.accountId);
    expect((await world.db.read((tx) => alarms.find(tx, id)))?.acknowledgedBy).toBe(other.accountId);
  });
});
