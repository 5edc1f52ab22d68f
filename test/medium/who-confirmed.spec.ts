import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Answer, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

describe('who confirmed that help is there', () => {
  let world: World;
  let desk: Api;
  let coordinator: Person;
  let programme: Programme;
  beforeAll(async () => {
    world = await createWorld();
    programme = await world.given.programme();
    coordinator = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    desk = await (await listening(world)).signIn(coordinator.email, PASSWORD);
  });
  afterAll(() => world.close());

  async function confirmed(body: object): Promise<{ readonly id: string; readonly answer: Answer }> {
    const id = await world.given.request({ programme, by: coordinator, safety: { imminentDanger: 'yes' } });
    const [escalation] = await world.look.escalations(id);
    return { id, answer: await desk.post(`/escalations/${String(escalation?.id)}/contact-confirmed`, body) };
  }
  const closing = async (id: string) => itemsOf(await desk.get(`/requests/${id}/timeline`)).find(({ type }) => type === 'escalation.closed');

  it.each(['988', '911', 'mobile-team', 'clinician', 'partner', 'supervisor'])('is kept as the code %s, and stands on the request and in its timeline', async (by) => {
    const { id, answer } = await confirmed({ by });
    expect([answer.status, answer.body.state]).toEqual([200, 'ended']);
    expect((await desk.get(`/requests/${id}`)).body.escalation).toMatchObject({ contactConfirmedBy: by, contactConfirmedName: null });
    expect(await closing(id)).toMatchObject({ detail: { by, reason: 'contact-confirmed' }, actorKind: 'account' });
  });

  it('is what the desk calls them where there is no code, on the page and not in the timeline', async () => {
    const { id } = await confirmed({ by: 'other', name: 'St. Mary’s' });
    expect((await desk.get(`/requests/${id}`)).body.escalation).toMatchObject({ contactConfirmedBy: 'other', contactConfirmedName: 'St. Mary’s' });
    const line = await closing(id);
    expect([line?.detail, JSON.stringify(line).includes('Mary')]).toEqual([{ by: 'other', reason: 'contact-confirmed' }, false]);
  });

  it.each([
    ['a word that is no code', { by: 'Equipo móvil' }, 'by'],
    ['somebody else without a name', { by: 'other' }, 'name'],
    ['a name beside a code', { by: '988', name: 'Jo' }, 'name'],
  ])('refuses %s, names the field and confirms nothing', async (_, body, field) => {
    const { id, answer } = await confirmed(body);
    expect([answer.status, answer.body.errors]).toEqual([422, [expect.objectContaining({ field })]]);
    expect((await desk.get(`/requests/${id}`)).body).toMatchObject({ state: 'escalated', escalation: { acknowledgedAt: null, contactConfirmedBy: null } });
  });
});
