import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Role } from '../../src/access/principal.js';
import { ApiDescription } from '../../src/platform/http/openapi.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Answer, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let api: Api;
let programme: Programme;
let peer: Person;
let asPeer: Api;
beforeAll(async () => {
  world = await createWorld();
  api = await listening(world);
  programme = await world.given.programme();
});
beforeEach(async () => {
  peer = await world.given.peerOnDuty({ programmes: [programme], canSignIn: true, traits: [{ kind: 'experience', code: 'loss', consent: 'may-be-told' }] });
  asPeer = await api.signIn(peer.email, PASSWORD);
});
afterAll(() => world.close());

const faultsOf = (answer: Answer): string[] => itemsOf(answer, 'errors').map(({ field, code }) => `${String(field)} ${String(code)}`);
const TOPICS = [{ kind: 'experience', code: 'psychosis' }, { kind: 'population', code: 'veteran' }];

describe('topics a peer leaves out', () => {
  it('are set as a whole, shown to the peer, and taken back', async () => {
    expect((await asPeer.get('/me/topic-opt-outs')).body).toEqual({ topics: [] });
    expect((await asPeer.put('/me/topic-opt-outs', { topics: TOPICS })).body).toEqual({ topics: TOPICS });
    expect((await asPeer.put('/me/topic-opt-outs', { topics: TOPICS.slice(1) })).body).toEqual({ topics: TOPICS.slice(1) });
    expect((await asPeer.get('/me/topic-opt-outs')).body).toEqual({ topics: TOPICS.slice(1) });
    expect((await asPeer.put('/me/topic-opt-outs', { topics: [] })).body).toEqual({ topics: [] });
  });

  it.each([
    ['a code there is not', [{ kind: 'experience', code: 'no-such-code' }], 'topics.0.code unknown-code'],
    ['a code of another kind', [{ kind: 'population', code: 'psychosis' }], 'topics.0.code unknown-code'],
    ['the same twice', [TOPICS[0], TOPICS[0]], 'topics array-unique'],
    ['a reason', [{ kind: 'experience', code: 'loss', reason: 'mine' }], 'topics.0.reason unknown-field'],
  ])('refuse %s and stay as they were', async (_, topics, fault) => {
    await asPeer.put('/me/topic-opt-outs', { topics: TOPICS });
    const answer = await asPeer.put('/me/topic-opt-outs', { topics });
    expect([answer.status, faultsOf(answer)]).toEqual([422, [fault]]);
    expect((await asPeer.get('/me/topic-opt-outs')).body).toEqual({ topics: TOPICS });
  });
});

describe('one’s own programme of care', () => {
  it('may be any programme of the agency, and is taken back', async () => {
    const elsewhere = await world.given.programme();
    const { body } = await asPeer.put('/me/own-care', { programmeIds: [elsewhere.id] });
    expect([body.programmeIds, body.programmes]).toEqual([[elsewhere.id], expect.arrayContaining([{ id: elsewhere.id, name: elsewhere.name }, { id: programme.id, name: programme.name }])]);
    expect((await asPeer.get('/me/own-care')).body.programmeIds).toEqual([elsewhere.id]);
    expect(faultsOf(await asPeer.put('/me/own-care', { programmeIds: [peer.personId] }))).toEqual(['programmeIds.0 unknown-programme']);
    expect((await asPeer.put('/me/own-care', { programmeIds: [] })).body.programmeIds).toEqual([]);
  });
});

describe('what a peer keeps to themself', () => {
  /** Every way to read there is, with whatever id it may take; but for streams, and what leaves a trace of having been opened. */
  function reads(ids: readonly string[]): string[] {
    const paths = Object.entries(world.get(ApiDescription).document.paths).filter(([path, item]) => item.get && path.startsWith('/api/v1') && !/\/(events|contact|number)$/.test(path));
    return paths.flatMap(([path]) => {
      const plain = path.slice('/api/v1'.length);
      return plain.includes('{') ? ids.map((id) => plain.replace(/\{\w+\}/g, id)) : [plain];
    });
  }

  it('makes no difference on any route, to anybody else', async () => {
    const [requestId, elsewhere] = [await world.given.request({ programme }), await world.given.programme({ cover: 'none' })];
    await world.sweep();
    const roles: Role[] = ['coordinator', 'supervisor', 'admin', 'planner', 'privacy-officer', 'peer', 'supervisor-lead'];
    const viewers: Api[] = [];
    for (const role of roles) {
      const person = role === 'peer' ? await world.given.peer({ programmes: [programme], canSignIn: true }) : await world.given.person({ roles: [role], programmes: [programme], canSignIn: true });
      viewers.push(await api.signIn(person.email, PASSWORD));
    }
    const paths = reads([peer.personId, peer.accountId, requestId, programme.id]);
    expect(paths).toEqual(expect.arrayContaining(['/board', '/peers', `/peers/${peer.personId}`, `/peers/${peer.personId}/record`, `/requests/${requestId}/match`, '/me/topic-opt-outs']));
    const seen = async (): Promise<string[]> => {
      const answers: string[] = [];
      for (const [index, viewer] of viewers.entries()) {
        for (const path of paths) {
          const { status, text } = await viewer.get(path);
          answers.push(`${roles[index]} ${path} ${status} ${text}`);
        }
      }
      return answers;
    };
    const trail = () => world.db.read((tx) => tx.rows('SELECT (SELECT count(*) FROM event) AS events, (SELECT count(*) FROM audit) AS audited, (SELECT count(*) FROM notification) AS told'));

    const before = await seen();
    const differing = async (): Promise<string[]> => (await seen()).filter((answer, index) => answer !== before[index]);
    // Looked at again without a change: whatever differed of itself would hide what the change does.
    expect(await differing()).toEqual([]);
    const left = await trail();
    expect((await asPeer.put('/me/topic-opt-outs', { topics: TOPICS })).status).toBe(200);
    expect((await asPeer.put('/me/own-care', { programmeIds: [elsewhere.id] })).status).toBe(200);
    expect(await trail()).toEqual(left);
    await world.sweep();
    expect(await differing()).toEqual([]);
  }, 180_000);
});
