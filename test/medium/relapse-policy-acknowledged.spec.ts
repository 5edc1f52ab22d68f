import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PASSWORD } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

describe('a relapse policy', () => {
  let world: World;
  let api: Api;
  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
  });
  afterAll(() => world.close());

  it('is acknowledged by the peers of its programme alone: to anybody else there is nothing to acknowledge', async () => {
    const [programme, other] = [await world.given.programme(), await world.given.programme()];
    const peer = await world.given.peer({ programmes: [programme], canSignIn: true, acknowledged: false });
    const id = String(itemsOf(await (await api.signIn(peer.email, PASSWORD)).get('/me/relapse-policies'))[0]?.id);
    const acknowledged = async (email: string): Promise<unknown> => {
      const { status, body } = await (await api.signIn(email, PASSWORD)).post(`/me/relapse-policies/${id}/acknowledge`);
      return [status, body.code];
    };
    const strangers = [
      await world.given.peer({ programmes: [other], canSignIn: true }), await world.given.person({ roles: ['coordinator'], programmes: [programme], canSignIn: true }),
      await world.given.person({ roles: ['supervisor'], programmes: [programme], canSignIn: true }), await world.given.person({ roles: ['admin'], programmes: [], canSignIn: true }),
    ];
    for (const { email } of strangers) expect(await acknowledged(email)).toEqual([404, 'not-found']);
    expect(await acknowledged(peer.email)).toEqual([200, undefined]);
    const said = await world.db.read((tx) => tx.rows<{ personId: string }>('SELECT person_id FROM wellness.relapse_policy_acknowledgement WHERE policy_id = $1', [id]));
    expect(said).toEqual([{ personId: peer.personId }]);
  });
});
