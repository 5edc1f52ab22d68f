import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const TEXT = 'The caller from Oak Street rings back at six.';
const NOTHING = '0190a000-0000-7000-8000-000000000000';

describe('the note between two coordinators', () => {
  let world: World;
  let api: Api;
  let programme: Programme;
  let people: Record<'leaving' | 'arriving' | 'third' | 'supervisor' | 'elsewhere', Person>;
  let desks: Record<keyof typeof people, Api>;

  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
    programme = await world.given.programme();
    const elsewhere = await world.given.programme();
    const at = { programmes: [programme], canSignIn: true };
    people = {
      leaving: await world.given.coordinator(at), arriving: await world.given.coordinator(at), third: await world.given.coordinator(at),
      supervisor: await world.given.supervisor(at), elsewhere: await world.given.coordinator({ ...at, programmes: [elsewhere] }),
    };
    const signedIn = await Promise.all(Object.entries(people).map(async ([name, { email }]) => [name, await api.signIn(email, PASSWORD)] as const));
    desks = Object.fromEntries(signedIn) as typeof desks;
  });
  afterAll(() => world.close());

  const write = (desk: Api, text: unknown = TEXT) => desk.post('/hand-over-notes', { programmeId: programme.id, text });
  const audited = (action: string, id: string): Promise<{ actorId: string }[]> =>
    world.db.read((tx) => tx.rows('SELECT actor_id FROM audit WHERE action = $1 AND subject_id = $2 ORDER BY at, id', [action, id]));
  const taken = async (desk: Api): Promise<void> => {
    const id = String((await write(desk)).body.id);
    await desks.arriving.post(`/hand-over-notes/${id}/take`);
  };

  it('tells how things stand beside what was written, and is on the list of those who may read it', async () => {
    await world.given.request({ programme, by: people.leaving, safety: { imminentDanger: 'yes' } });
    await world.given.request({ programme, by: people.leaving, language: 'es' });
    const written = await write(desks.leaving);
    expect(written).toMatchObject({
      status: 201,
      body: {
        programmeId: programme.id, takenAt: null, takenByName: null, version: 1,
        facts: { open: 2, waiting: 2, led: 0, planned: 0, escalations: [{ number: 1, cause: 'imminent-danger', taken: false }], thin: [{ kind: 'supervisor-unreachable', language: null, from: null }, { kind: 'peers', language: null, from: null }] },
      },
    });
    expect(written.text).not.toContain('Oak Street');
    expect(itemsOf(await desks.supervisor.get('/hand-over-notes?open=true'))).toMatchObject([{ id: written.body.id }]);
    await desks.arriving.post(`/hand-over-notes/${String(written.body.id)}/take`);
    expect(itemsOf(await desks.supervisor.get('/hand-over-notes?open=true'))).toEqual([]);
    expect(itemsOf(await desks.supervisor.get('/hand-over-notes'))).toMatchObject([{ id: written.body.id, takenByName: expect.any(String) }]);
  });

  it('lies sealed, opens for staff of its programme only, and each reading is on record', async () => {
    const id = String((await write(desks.leaving)).body.id);
    expect((await desks.arriving.get(`/hand-over-notes/${id}`)).body).toMatchObject({ id, text: TEXT });
    expect((await desks.supervisor.get(`/hand-over-notes/${id}`)).body).toMatchObject({ text: TEXT });
    expect((await desks.elsewhere.get(`/hand-over-notes/${id}`)).status).toBe(404);
    expect((await desks.elsewhere.post(`/hand-over-notes/${id}/take`)).status).toBe(404);
    expect((await desks.elsewhere.get('/hand-over-notes')).text).not.toContain(id);
    expect((await audited('hand-over-note.read', id)).map(({ actorId }) => actorId)).toEqual([people.arriving.accountId, people.supervisor.accountId]);
    const stored = await world.db.read((tx) => tx.rows<{ row: string }>('SELECT t::text AS row FROM hand_over_note t UNION ALL SELECT e::text FROM event e UNION ALL SELECT a::text FROM audit a'));
    expect(stored.map(({ row }) => row).join('\n')).not.toContain('Oak');
    await desks.arriving.post(`/hand-over-notes/${id}/take`);
  });

  it('is one at a time: its writer writes it anew, nobody else writes over it', async () => {
    const first = await write(desks.leaving);
    const again = await write(desks.leaving, 'All quiet now.');
    expect(again.body).toMatchObject({ id: first.body.id, version: 2 });
    expect((await desks.arriving.get(`/hand-over-notes/${String(first.body.id)}`)).body.text).toBe('All quiet now.');
    expect(await write(desks.third)).toMatchObject({ status: 409, body: { code: 'hand-over-note-waiting' } });
    await desks.arriving.post(`/hand-over-notes/${String(first.body.id)}/take`);
  });

  it('is one also when two write at the same moment', async () => {
    const answers = await Promise.all([write(desks.leaving), write(desks.third)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const [open] = itemsOf(await desks.arriving.get('/hand-over-notes?open=true'));
    await desks.arriving.post(`/hand-over-notes/${String(open?.id)}/take`);
  });

  it('is taken once, by somebody other than its writer', async () => {
    const id = String((await write(desks.leaving)).body.id);
    const take = (desk: Api) => desk.post(`/hand-over-notes/${id}/take`);
    expect(await take(desks.leaving)).toMatchObject({ status: 409, body: { code: 'hand-over-note-own' } });
    expect(await take(desks.arriving)).toMatchObject({ status: 200, body: { takenAt: world.clock.now().toISOString() } });
    expect(await take(desks.arriving)).toMatchObject({ status: 200 });
    expect(await take(desks.third)).toMatchObject({ status: 409, body: { code: 'hand-over-note-taken' } });
    expect(await audited('hand-over-note.taken', id)).toHaveLength(1);
  });

  it('refuses what cannot be a note, and changes nothing', async () => {
    await taken(desks.leaving);
    for (const text of ['', '   ', 'a\u0000b', 'x'.repeat(4_001), 5]) {
      expect(await write(desks.leaving, text)).toMatchObject({ status: 422, body: { code: 'invalid', errors: expect.arrayContaining([expect.objectContaining({ field: 'text' })]) } });
    }
    expect((await desks.leaving.post('/hand-over-notes', { programmeId: NOTHING, text: TEXT })).status).toBe(404);
    expect((await desks.elsewhere.post('/hand-over-notes', { programmeId: programme.id, text: TEXT })).status).toBe(404);
    expect((await write(desks.supervisor)).status).toBe(403);
    expect(itemsOf(await desks.leaving.get('/hand-over-notes?open=true'))).toEqual([]);
  });

  it('pages through the notes, latest first', async () => {
    const first = await desks.arriving.get('/hand-over-notes?limit=2');
    expect(itemsOf(first)).toHaveLength(2);
    const second = await desks.arriving.get(`/hand-over-notes?limit=200&cursor=${String(first.body.nextCursor)}`);
    const ids = [...itemsOf(first), ...itemsOf(second)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(3);
  });

  it('is forgotten seven days after it was taken, who took it and its figures are not; one that waits is kept', async () => {
    const id = String((await write(desks.leaving)).body.id);
    await desks.arriving.post(`/hand-over-notes/${id}/take`);
    const kept = String((await write(desks.third)).body.id);
    const keyOf = async (note: string) =>
      (await world.db.read((tx) => tx.one<{ wrappedKey: Buffer | null }>(`SELECT wrapped_key FROM sealed_text WHERE table_name = 'hand_over_note' AND row_id = $1`, [note]))).wrappedKey;
    world.clock.forward({ hours: 7 * 24, ms: -1 });
    await world.sweep();
    expect(await keyOf(id)).not.toBeNull();
    world.clock.forward({ ms: 1 });
    await world.sweep();
    expect([await keyOf(id), (await keyOf(kept)) !== null]).toEqual([null, true]);
    expect(await audited('hand-over-note.forget', id)).toHaveLength(1);
    const again = await api.signIn(people.arriving.email, PASSWORD);
    expect((await again.get(`/hand-over-notes/${id}`)).body).toMatchObject({ text: null, takenByName: expect.any(String), facts: expect.any(Object) });
    world.clock.forward({ hours: 48 });
    await world.sweep();
    expect(await audited('hand-over-note.forget', id)).toHaveLength(1);
  });
});
