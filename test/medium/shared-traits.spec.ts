import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { ok } from '../support/wellness.js';
import { createWorld, type World } from '../support/world.js';

const LOSS = { kind: 'experience', code: 'loss' } as const;
const USE = { kind: 'experience', code: 'substance-use' } as const;
const FAMILY = { kind: 'experience', code: 'family' } as const;

describe('what a peer says of themself with the consent `supervisor`', () => {
  let world: World;
  let api: Api;
  let peer: Person;
  let kim: Person;
  let deputy: Person;
  let ruth: Person;
  beforeAll(async () => {
    world = await createWorld();
    await world.given.programme();
    [kim, deputy, ruth] = [await world.given.supervisor({ canSignIn: true }), await world.given.supervisor({ canSignIn: true }), await world.given.supervisor({ canSignIn: true })];
    peer = await world.given.peer({ canSignIn: true, traits: [{ ...LOSS, consent: 'match-only' }, { ...USE, consent: 'match-only' }, { ...FAMILY, consent: 'may-be-told' }] });
    await world.given.stoodBehind(peer, kim, deputy);
    await world.given.stoodBehind(await world.given.peer(), ruth);
    api = await listening(world);
  });
  afterAll(() => world.close());

  const signedIn = ({ email }: Person): Promise<Api> => api.signIn(email, PASSWORD);
  const path = (): string => `/supervision/peers/${peer.personId}/shared-traits`;
  const shown = async (to: Person): Promise<unknown> => itemsOf(ok(await (await signedIn(to)).get(path())));
  const says = async (consent: string): Promise<unknown> => ok(await (await signedIn(peer)).call('PATCH', '/me/about', { body: { traits: [{ ...USE, consent }] } }));
  const looks = async (): Promise<number> => (await world.db.read((tx) => tx.rows(`SELECT 1 FROM audit WHERE action = 'shared-traits.read' AND subject_id = $1`, [peer.personId]))).length;

  it('is shown to their supervisor alone, from the consent on until it is taken back', async () => {
    expect(await shown(kim)).toEqual([]);
    await says('supervisor');
    expect([await shown(kim), await shown(deputy)]).toEqual([[USE], []]);
    await says('match-only');
    expect(await shown(kim)).toEqual([]);
  });

  it('is not there for somebody else\'s supervisor, and for nobody who supervises nobody', async () => {
    await says('supervisor');
    expect(await (await signedIn(ruth)).get(path())).toMatchObject({ status: 404, body: { code: 'not-found' } });
    for (const roles of [['admin'], ['coordinator'], ['privacy-officer'], ['peer']] as const) {
      const other = await world.given.person({ roles, canSignIn: true });
      expect(await (await signedIn(other)).get(path())).toMatchObject({ status: 403 });
    }
    expect((await (await signedIn(peer)).get(path())).status).toBe(403);
  });

  it('is the next supervisor\'s to see, and no longer the last one\'s', async () => {
    await says('supervisor');
    const other = await world.given.peer({ canSignIn: true, traits: [{ ...USE, consent: 'supervisor' }] });
    await world.given.stoodBehind(other, ruth);
    const at = `/supervision/peers/${other.personId}/shared-traits`;
    expect([itemsOf(ok(await (await signedIn(ruth)).get(at))), (await (await signedIn(kim)).get(at)).status]).toEqual([[USE], 404]);
  });

  it('is on record each time it was looked for, and what was seen is not', async () => {
    const before = await looks();
    await says('match-only');
    await shown(kim);
    await says('supervisor');
    await shown(kim);
    expect(await looks()).toBe(before + 2);
    const audited = await world.db.read((tx) => tx.rows<{ row: string }>(`SELECT a::text AS row FROM audit a WHERE action = 'shared-traits.read'`));
    expect(audited.filter(({ row }) => row.includes(USE.code))).toEqual([]);
  });
});
