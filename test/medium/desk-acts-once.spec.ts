import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import type { Answer, Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const SAFE = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' } as const;

/** What is done is done, and the answer did not come: the page sends the same again, with what others did meanwhile. */
describe('what the desk did and was not shown is not done again under the same key', () => {
  let world: World;
  let desk: Api;
  let neighbour: Api;
  let peer: Person;
  beforeAll(async () => {
    world = await createWorld();
    const api = await listening(world);
    desk = await api.signIn((await world.given.coordinator({ canSignIn: true })).email, PASSWORD);
    neighbour = await api.signIn((await world.given.supervisor({ canSignIn: true })).email, PASSWORD);
    peer = await world.given.peerOnDuty();
  });
  afterAll(() => world.close());

  async function asOwner(statement: string): Promise<void> {
    const owner = new pg.Client({ connectionString: world.databaseUrl });
    await owner.connect();
    await owner.query(statement).finally(() => owner.end());
  }

  /** Who reads a request reads its consult, and none of these acts does. Returns the same call, to be sent again. */
  async function unshown(path: string, body: object = {}): Promise<() => Promise<Answer>> {
    const again = () => desk.post(path, body, { 'idempotency-key': `again ${path}`.replaceAll(' ', '-') });
    await asOwner('ALTER TABLE consult RENAME TO consult_out_of_reach');
    const failed = await again().finally(() => asOwner('ALTER TABLE consult_out_of_reach RENAME TO consult'));
    expect(failed.status).toBe(500);
    return again;
  }

  const events = async (requestId: string): Promise<string[]> =>
    (await world.db.read((tx) => tx.rows<{ type: string }>(`SELECT type FROM event WHERE subject_id = $1 OR data->>'requestId' = $1::text ORDER BY seq`, [requestId]))).map(({ type }) => type);

  /** Shown what is there, and nothing was written. */
  async function changesNothing(requestId: string, again: () => Promise<Answer>): Promise<Answer> {
    const before = [await events(requestId), await world.look.request(requestId)];
    const answer = await again();
    expect([answer.status, answer.body.id]).toEqual([200, requestId]);
    expect([await events(requestId), await world.look.request(requestId)]).toEqual(before);
    expect((await again()).body).toEqual(answer.body);
    return answer;
  }

  async function searching(): Promise<string> {
    const id = await world.given.request({ acuity: 2, safety: SAFE });
    await world.sweep();
    return id;
  }

  async function escalated(): Promise<{ requestId: string; escalationId: string }> {
    const requestId = await searching();
    await desk.post(`/requests/${requestId}/escalate`, { cause: 'needs-clinician' });
    const [open] = await world.look.escalations(requestId);
    return { requestId, escalationId: String(open?.id) };
  }

  it('a cancel', async () => {
    const id = await searching();
    const again = await unshown(`/requests/${id}/cancel`, { reason: 'called back' });
    expect((await changesNothing(id, again)).body.state).toBe('cancelled');
  });

  it('a cancel that somebody has taken back since', async () => {
    const id = await searching();
    const again = await unshown(`/requests/${id}/cancel`, { reason: 'called back' });
    await neighbour.post(`/requests/${id}/undo-cancel`);
    expect((await changesNothing(id, again)).body.state).toBe('searching');
    await neighbour.post(`/requests/${id}/cancel`, { reason: 'called back' });
  });

  it('a cancel that was taken back, and was cancelled since', async () => {
    const id = await searching();
    await desk.post(`/requests/${id}/cancel`, { reason: 'called back' });
    const again = await unshown(`/requests/${id}/undo-cancel`);
    await neighbour.post(`/requests/${id}/cancel`, { reason: 'called back' });
    expect((await changesNothing(id, again)).body.state).toBe('cancelled');
  });

  it('a triage', async () => {
    const id = await world.given.request();
    const again = await unshown(`/requests/${id}/triage`, { acuity: 2, safety: SAFE });
    expect((await changesNothing(id, again)).body).toMatchObject({ state: 'searching', acuity: 2 });
    await neighbour.post(`/requests/${id}/cancel`, { reason: 'called back' });
  });

  it('a triage of what was cancelled since', async () => {
    const id = await world.given.request();
    const again = await unshown(`/requests/${id}/triage`, { acuity: 2, safety: SAFE });
    await neighbour.post(`/requests/${id}/cancel`, { reason: 'called back' });
    expect((await changesNothing(id, again)).body.state).toBe('cancelled');
  });

  it('an escalation that somebody has sent back to the peers since', async () => {
    const id = await searching();
    const again = await unshown(`/requests/${id}/escalate`, { cause: 'needs-clinician' });
    const [open] = await world.look.escalations(id);
    await neighbour.post(`/escalations/${String(open?.id)}/return-to-search`);
    expect((await changesNothing(id, again)).body.state).toBe('searching');
    await neighbour.post(`/requests/${id}/cancel`, { reason: 'called back' });
  });

  it.each([
    ['an acknowledgement of what is over since', 'acknowledge', {}, 'cancelled'],
    ['a return to the search of what is over since', 'return-to-search', {}, 'cancelled'],
    ['a contact that was confirmed and ended it', 'contact-confirmed', { by: '988' }, 'ended'],
  ])('%s', async (_, act, body, state) => {
    const { requestId, escalationId } = await escalated();
    const again = await unshown(`/escalations/${escalationId}/${act}`, body);
    await neighbour.post(`/requests/${requestId}/cancel`, { reason: 'called back' });
    expect((await changesNothing(requestId, again)).body.state).toBe(state);
  });

  it('a new round', async () => {
    const id = await searching();
    const again = await unshown(`/requests/${id}/re-offer`);
    await world.sweep();
    expect((await changesNothing(id, again)).body.offers).toMatchObject([{ status: 'pending' }, { status: 'withdrawn' }]);
    await neighbour.post(`/requests/${id}/cancel`, { reason: 'called back' });
  });

  it('an offer taken back', async () => {
    const id = await searching();
    const again = await unshown(`/offers/${(await world.look.pendingOffer(id)).id}/withdraw`);
    expect((await changesNothing(id, again)).body.offers).not.toContainEqual(expect.objectContaining({ status: 'pending' }));
    await neighbour.post(`/requests/${id}/cancel`, { reason: 'called back' });
  });

  it('a peer asked by hand who has declined since', async () => {
    const id = await searching();
    const again = await unshown(`/requests/${id}/assign`, { personId: peer.personId, agreed: 'no' });
    await world.get(OffersService).decline((await world.look.pendingOffer(id)).id, peer.personId, { kind: 'account', id: peer.accountId });
    const { offers } = (await changesNothing(id, again)).body;
    expect(offers).toContainEqual(expect.objectContaining({ status: 'declined', directed: true }));
    expect(offers).not.toContainEqual(expect.objectContaining({ status: 'pending' }));
    await neighbour.post(`/requests/${id}/cancel`, { reason: 'called back' });
  });
});
