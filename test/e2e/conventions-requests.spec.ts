import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type AppProcess } from '../support/app-process.js';
import { Api, itemsOf, type JsonObject } from '../support/http-api.js';

const PASSWORD = 'conventions-of-the-api';
const NOBODY = '0190a000-0000-7000-8000-000000000000';
/** Never to be seen in an answer or in the log. */
const SECRET = 'Zebra-4711';

let app: AppProcess;
let stranger: Api;
let coordinator: Api;
let programmeId: string;

beforeAll(async () => {
  app = await startApp({ env: { DEMO_PASSWORD: PASSWORD } });
  stranger = new Api(app.baseUrl);
  coordinator = await stranger.signIn('coordinator@demo.test', PASSWORD);
  const warmline = itemsOf(await coordinator.get('/programmes')).find(({ name }) => name === 'Warmline');
  programmeId = String(warmline?.['id']);
}, 120_000);
afterAll(async () => {
  expect((await app.stop()).code).toBe(0);
});

const plain = () => ({ programmeId, channel: 'phone', contactKind: 'phone', language: 'en' });
const calm = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' };

/** Every request there is, by walking the pages. */
async function allRequests(limit = 200): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  let cursor = '';
  for (let pages = 0; pages < 100; pages += 1) {
    const page = await coordinator.get(`/requests?limit=${limit}${cursor}`);
    found.push(...itemsOf(page));
    const next = page.body['nextCursor'];
    if (typeof next !== 'string') return found;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
  throw new Error('the pages do not end');
}

describe('a request that cannot be', () => {
  it.each<[string, JsonObject, string]>([
    ['no channel', { channel: undefined }, 'channel'],
    ['a channel nobody knows', { channel: 'pigeon' }, 'channel'],
    ['a number for a word', { channel: 7 }, 'channel'],
    ['null for a word', { contactKind: null }, 'contactKind'],
    ['a list for a word', { language: ['en'] }, 'language'],
    ['a language that is no tag', { language: 'English please' }, 'language'],
    ['a programme that is no id', { programmeId: SECRET }, 'programmeId'],
    ['acuity 0', { acuity: 0 }, 'acuity'],
    ['acuity 5', { acuity: 5 }, 'acuity'],
    ['acuity in words', { acuity: '2' }, 'acuity'],
    ['half an acuity', { acuity: 1.5 }, 'acuity'],
    ['NUL in the story', { story: `${SECRET}\u0000` }, 'story'],
    ['a story without end', { story: 'x'.repeat(20_001) }, 'story'],
    ['half a character in the callback', { callback: '\ud800' }, 'callback'],
    ['a year before there were computers', { requestedAt: '1899-05-12T20:29:00Z' }, 'requestedAt'],
    ['a year beyond reach', { requestedAt: '12025-05-12T20:29:00Z' }, 'requestedAt'],
    ['a day that does not exist', { requestedAt: '2026-02-30T10:00:00Z' }, 'requestedAt'],
    ['a time without an offset', { requestedAt: '2026-02-03T10:00:00' }, 'requestedAt'],
    ['a time in milliseconds', { requestedAt: 1_770_000_000_000 }, 'requestedAt'],
    ['a planned request without a time', { channel: 'planned' }, 'notBefore'],
    ['a place beyond the pole', { place: { lat: 91, lon: 0 } }, 'place.lat'],
    ['a county that is no code', { place: { countyFips: 'Lane' } }, 'place.countyFips'],
    ['a place that is a word', { place: SECRET }, 'place'],
    ['a safety answer nobody knows', { safety: { imminentDanger: 'perhaps' } }, 'safety.imminentDanger'],
    ['needs nobody knows', { needs: { populations: ['zebras'] } }, 'needs.populations'],
    ['needs without end', { needs: { experience: Array.from({ length: 1_000 }, (_, at) => `code-${at}`) } }, 'needs.experience'],
  ])('with %s is 422, names the field, and changes nothing', async (_, fault, field) => {
    const before = await allRequests();
    const answer = await coordinator.post('/requests', { ...plain(), ...fault });
    expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status: 422, code: 'invalid' });
    expect(itemsOf(answer, 'errors').map((error) => String(error['field']))).toContainEqual(expect.stringMatching(new RegExp(`^${field.replace('.', '\\.')}`)));
    expect(answer.text).not.toContain(SECRET);
    expect(await allRequests()).toHaveLength(before.length);
  });

  it.each<[string, JsonObject, string]>([
    ['at the top', { zebra: 1 }, 'zebra'],
    ['inside', { safety: { ...calm, zebra: 1 } }, 'safety.zebra'],
    ['that reaches into the language', JSON.parse('{"__proto__":{"admin":true}}') as JsonObject, '__proto__'],
  ])('with an unknown field %s is 422 unknown-field', async (_, fault, field) => {
    const answer = await coordinator.call('POST', '/requests', { raw: `${JSON.stringify(plain()).slice(0, -1)},${JSON.stringify(fault).slice(1)}` });
    expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status: 422, code: 'unknown-field' });
    expect(itemsOf(answer, 'errors')).toContainEqual(expect.objectContaining({ field }));
  });

  it('for a programme nobody has is 404', async () => {
    const answer = await coordinator.post('/requests', { ...plain(), programmeId: NOBODY });
    expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status: 404, code: 'not-found' });
  });

  it('leaves no word of it in the log', () => {
    expect(app.output()).not.toContain(SECRET);
    expect(app.output()).not.toContain('zebra');
  });
});

describe('Idempotency-Key', () => {
  const send = (key: string, body: object) => coordinator.post('/requests', body, { 'idempotency-key': key });

  it('makes one request of two equal calls, and answers them alike', async () => {
    const before = await allRequests();
    const first = await send('same', { ...plain(), acuity: 4, safety: calm });
    const repeat = await send('same', { safety: calm, acuity: 4, ...plain() });
    expect(first.status).toBe(201);
    expect({ status: repeat.status, id: repeat.body['id'] }).toEqual({ status: 201, id: first.body['id'] });
    expect(await allRequests()).toHaveLength(before.length + 1);
  });

  it('makes one request of twenty calls at once', async () => {
    const before = await allRequests();
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('at-once', { ...plain(), safety: calm })));
    const unexpected = answers.filter(({ status, body }) => status !== 201 && body['code'] !== 'idempotency-in-progress');
    expect(unexpected).toEqual([]);
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body['id'])).size).toBe(1);
    expect(await allRequests()).toHaveLength(before.length + 1);
  });

  it('refuses the key for another body', async () => {
    await send('other', { ...plain(), safety: calm });
    const answer = await send('other', { ...plain(), language: 'es', safety: calm });
    expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status: 409, code: 'idempotency-key-reused' });
  });

  it('lets a refused body be put right under the same key', async () => {
    expect((await send('again', { ...plain(), acuity: 9 })).status).toBe(422);
    expect((await send('again', { ...plain(), acuity: 3, safety: calm })).status).toBe(201);
  });

  it('belongs to one caller', async () => {
    const supervisor = await stranger.signIn('admin@demo.test', PASSWORD);
    await send('mine', { ...plain(), safety: calm });
    const key = { 'idempotency-key': 'mine' };
    const made = await supervisor.post('/api-keys', { name: 'Partner', scopes: ['requests:write'] }, key);
    expect(made.status).toBe(201);
    const partner = stranger.withKey(String(made.body['key']));
    const theirs = await partner.post('/requests', { ...plain(), safety: calm }, key);
    expect(theirs.status).toBe(201);
  });
});

describe('lists', () => {
  it('are walked page by page, each item once', async () => {
    for (let count = 0; count < 5; count += 1) expect((await coordinator.post('/requests', { ...plain(), safety: calm })).status).toBe(201);
    const ids = (await allRequests(2)).map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(5);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(['limit=0', 'limit=201', 'limit=-1', 'limit=all', 'limit=1.5', 'limit=1e2', 'cursor=zebra', 'cursor=%00', 'acuity=9', 'state=zebra', 'zebra=1'])(
    'refuse ?%s with 422',
    async (query) => {
      const answer = await coordinator.get(`/requests?${query}`);
      expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({
        status: 422,
        type: expect.stringMatching(/^application\/problem\+json/),
      });
    },
  );
});

describe('an intake partner', () => {
  it('gets its first answer again for the same reference, and sees only its own', async () => {
    const admin = await stranger.signIn('admin@demo.test', PASSWORD);
    const keys = await Promise.all(['One', 'Two'].map((name) => admin.post('/api-keys', { name, scopes: ['requests:write'] })));
    const [one, two] = keys.map((made) => stranger.withKey(String(made.body['key']))) as [Api, Api];
    const body = { ...plain(), externalRef: 'CAD-2025-0001', safety: calm };
    const first = await one.post('/requests', body);
    const repeat = await one.post('/requests', body);
    expect([first.status, repeat.status]).toEqual([201, 200]);
    expect(repeat.body['id']).toBe(first.body['id']);
    expect((await two.post('/requests', body)).status).toBe(201);
    expect((await two.get(`/requests/${String(first.body['id'])}`)).status).toBe(404);
    expect(itemsOf(await one.get('/requests')).map(({ id }) => id)).toEqual([first.body['id']]);
  });
});

describe('failed sign-ins', () => {
  it('are throttled for the account after ten, with the time to wait, and nobody else is kept out', async () => {
    const wrong = () => stranger.post('/sessions', { email: 'peer24@demo.test', password: SECRET });
    for (let tries = 0; tries < 10; tries += 1) expect((await wrong()).status).toBe(401);
    const refused = await wrong();
    expect({ status: refused.status, code: refused.body['code'] }).toEqual({ status: 429, code: 'too-many-attempts' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await stranger.post('/sessions', { email: 'peer23@demo.test', password: PASSWORD })).status).toBe(201);
  });

  it('sound the same whether the account exists or not', async () => {
    const [known, unknown] = await Promise.all(['peer22', 'nobody'].map((name) => stranger.post('/sessions', { email: `${name}@demo.test`, password: 'wrong' })));
    expect({ ...known?.body, instance: '' }).toEqual({ ...unknown?.body, instance: '' });
  });
});
