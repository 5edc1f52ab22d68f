import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { PASSWORD } from '../support/given.js';
import type { Answer, Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

describe('an Idempotency-Key', () => {
  let world: World;
  let desk: Api;
  let neighbour: Api;
  let programme: Programme;
  beforeAll(async () => {
    world = await createWorld();
    const api = await listening(world);
    programme = await world.given.programme();
    desk = await api.signIn((await world.given.coordinator({ canSignIn: true })).email, PASSWORD);
    neighbour = await api.signIn((await world.given.coordinator({ canSignIn: true })).email, PASSWORD);
  });
  afterAll(() => world.close());

  const plain = () => ({ programmeId: programme.id, channel: 'phone', contactKind: 'phone', language: 'en', story: 'sealed on arrival' });
  const take = (key: string, body: unknown = plain(), as = desk): Promise<Answer> => as.post('/requests', body, { 'idempotency-key': key });
  const requests = async (): Promise<number> =>
    Number((await world.db.read((tx) => tx.one<{ count: string }>('SELECT count(*) AS count FROM crisis_request'))).count);
  const keys = () => world.db.read((tx) => tx.rows<{ key: string; status: string; responseBody: object | null }>('SELECT key, status, response_body FROM idempotency_key'));

  async function asOwner(statement: string): Promise<void> {
    const owner = new pg.Client({ connectionString: world.databaseUrl });
    await owner.connect();
    await owner.query(statement).finally(() => owner.end());
  }

  it('has the call carried out once and gives the repeat the same answer', async () => {
    const before = await requests();
    const first = await take('call-1');
    const { language, ...rest } = plain();
    const repeat = await take('call-1', { language, ...rest });
    expect(first.status).toBe(201);
    expect([repeat.status, repeat.text.length, repeat.body]).toEqual([201, first.text.length, first.body]);
    expect(repeat.headers.get('idempotency-replayed')).toBe('true');
    expect(await requests()).toBe(before + 1);
  });

  it('lets one of many at once through', async () => {
    const before = await requests();
    const answers = await Promise.all(Array.from({ length: 12 }, () => take('at-once')));
    const done = answers.filter(({ status }) => status === 201);
    expect(await requests()).toBe(before + 1);
    expect(new Set(done.map(({ body }) => body.id)).size).toBe(1);
    const others = answers.filter(({ status }) => status !== 201).map(({ status, body }) => `${status} ${String(body.code)}`);
    expect(others).toEqual(others.map(() => '409 idempotency-in-progress'));
    expect((await take('at-once')).body.id).toBe(done[0]?.body.id);
  });

  it('belongs to one body', async () => {
    await take('one-body');
    expect(await take('one-body', { ...plain(), language: 'es' })).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
  });

  it('belongs to one caller and one route', async () => {
    const mine = await take('shared');
    const theirs = await take('shared', plain(), neighbour);
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(mine.body.id);
    const other = await desk.post(`/requests/${String(mine.body.id)}/cancel`, { reason: 'called back' }, { 'idempotency-key': 'shared' });
    expect(other).toMatchObject({ status: 200, body: { state: 'cancelled' } });
  });

  it('repeats a refusal that came from the state of things, not from the body', async () => {
    const { id } = (await take('to-cancel')).body as { id: string };
    const cancel = (key: string, reason: string) => desk.post(`/requests/${id}/cancel`, { reason }, { 'idempotency-key': key });
    expect((await cancel('c-1', 'called back')).status).toBe(200);
    const refused = await cancel('c-2', 'called back');
    const again = await cancel('c-2', 'called back');
    expect(refused).toMatchObject({ status: 409, body: { code: 'request-not-open' } });
    expect([again.status, again.body, again.headers.get('content-type')]).toEqual([409, refused.body, refused.headers.get('content-type')]);
  });

  it('may be used again once a refused body was put right', async () => {
    expect((await take('form', { ...plain(), channel: 'pigeon' })).status).toBe(422);
    expect((await take('form')).status).toBe(201);
  });

  it('is forgotten after 24 hours', async () => {
    const first = await take('tomorrow');
    world.clock.forward({ hours: 11 });
    expect((await take('tomorrow')).body.id).toBe(first.body.id);
    world.clock.forward({ hours: 11 });
    await desk.get('/me');
    world.clock.forward({ hours: 2 });
    const second = await take('tomorrow');
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(first.body.id);
    expect((await keys()).length).toBeLessThan(8);
  });

  it('of a call that was lost may be taken over after a minute, for the same body, and is given what that call had made', async () => {
    const before = await requests();
    const first = await take('lost');
    await world.db.withTx((tx) => tx.run("UPDATE idempotency_key SET status = 'running', response_status = NULL, response_body = NULL WHERE key = 'lost'"));
    expect(await take('lost')).toMatchObject({ status: 409, body: { code: 'idempotency-in-progress' } });
    world.clock.forward({ seconds: 61 });
    expect(await take('lost', { ...plain(), language: 'es' })).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
    expect(await take('lost')).toMatchObject({ status: 200, body: { id: first.body.id } });
    expect(await requests()).toBe(before + 1);
  });

  it('whose request was written and could not be shown gives it to who sends the same again at once, and no other body', async () => {
    const before = await requests();
    await asOwner('ALTER TABLE offer RENAME TO offer_out_of_reach');
    const failed = await take('unshown');
    await asOwner('ALTER TABLE offer_out_of_reach RENAME TO offer');
    expect(failed.status).toBe(500);
    expect(await requests()).toBe(before + 1);
    expect(await take('unshown', { ...plain(), language: 'es' })).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
    const again = await take('unshown');
    expect(again.status).toBe(200);
    expect(await requests()).toBe(before + 1);
    expect((await take('unshown')).body).toEqual(again.body);
  });

  it('whose request was written and not found, because its coordinator was just taken off the programme, gives it to them once they are back', async () => {
    const before = await requests();
    const back = 'INSERT INTO programme_member (programme_id, person_id) SELECT programme_id, person_id FROM taken_off';
    await asOwner(`CREATE TABLE taken_off AS SELECT * FROM programme_member WHERE false;
      CREATE FUNCTION take_off() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
        WITH gone AS (DELETE FROM programme_member m USING account a WHERE a.id = NEW.taken_in_by AND m.person_id = a.person_id RETURNING m.*) INSERT INTO taken_off SELECT * FROM gone;
        RETURN NULL; END $$;
      CREATE TRIGGER take_off AFTER INSERT ON crisis_request FOR EACH ROW EXECUTE FUNCTION take_off()`);
    const unseen = await take('taken-off').finally(() => asOwner('DROP TRIGGER take_off ON crisis_request; DROP FUNCTION take_off'));
    expect([unseen.status, await requests()]).toEqual([404, before + 1]);
    await asOwner(`${back}; DROP TABLE taken_off`);
    const again = await take('taken-off');
    expect([again.status, again.body.state, await requests()]).toEqual([200, 'received', before + 1]);
    expect((await take('taken-off')).body).toEqual(again.body);
  });

  it('keeps neither story nor body', async () => {
    await take('quiet');
    expect(JSON.stringify(await keys())).not.toContain('sealed on arrival');
  });

  it.each(['', ' ', 'two words', 'x'.repeat(201)])('is refused as %j', async (key) => {
    const before = await requests();
    expect(await take(key)).toMatchObject({ status: 422, body: { code: 'invalid', errors: [expect.objectContaining({ field: 'Idempotency-Key' })] } });
    expect(await requests()).toBe(before);
  });

  it('is nothing to sign-in, which is never repeated', async () => {
    const { email } = await world.given.coordinator({ canSignIn: true });
    const before = (await keys()).length;
    const [one, other] = [await desk.post('/sessions', { email, password: PASSWORD }, { 'idempotency-key': 's' }), await desk.post('/sessions', { email, password: PASSWORD }, { 'idempotency-key': 's' })];
    expect(one.headers.get('set-cookie')).not.toBe(other.headers.get('set-cookie'));
    expect(await keys()).toHaveLength(before);
  });
});
