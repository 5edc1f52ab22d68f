import { expect } from '@jest/globals';
import { Ids } from '../../src/platform/ids.js';
import { PASSWORD, type Person } from './given.js';
import type { Api, Answer } from './http-api.js';
import { listening } from './listening.js';
import type { World } from './world.js';

/** A peer with a supervisor, a deputy and a supervisor lead behind them, all signed in. */
export interface Circle {
  readonly api: Api;
  readonly peer: Person;
  readonly supervisor: Person;
  readonly deputy: Person;
  readonly lead: Person;
  as(person: Person): Promise<Api>;
}

export async function aCircle(world: World, port?: number): Promise<Circle> {
  const { given } = world;
  const api = await listening(world, port);
  await given.programme();
  const peer = await given.peerOnDuty({ canSignIn: true });
  const supervisor = await given.supervisor({ canSignIn: true });
  const deputy = await given.supervisor({ canSignIn: true });
  const lead = await given.person({ roles: ['supervisor', 'supervisor-lead'], canSignIn: true });
  await standsBehind(world, peer, supervisor, 'supervisor', lead);
  await standsBehind(world, peer, deputy, 'deputy', lead);
  return { api, peer, supervisor, deputy, lead, as: (person) => api.signIn(person.email, PASSWORD) };
}

/** Everybody signs in once, until so much time has gone by that they sign in anew. */
export function signedInOnce({ as }: Circle): Pick<Circle, 'as'> & { readonly later: () => void } {
  const sessions = new Map<string, Promise<Api>>();
  const once = (person: Person): Promise<Api> => {
    const session = sessions.get(person.personId) ?? as(person);
    sessions.set(person.personId, session);
    return session;
  };
  return { as: once, later: () => sessions.clear() };
}

/** In effect from now on. */
export function standsBehind(world: World, peer: Person, by: Person, kind: 'supervisor' | 'deputy', lead: Person): Promise<unknown> {
  const now = world.clock.now();
  return world.db.withTx((tx) =>
    tx.run(
      `INSERT INTO supervisor_relation (id, person_id, supervisor_id, kind, appointed_by, appointed_at, told_at, effective_at, agreed_at, version)
       VALUES ($6, $1, $2, $3, $4, $5, $5, $5, $5, 1)`,
      [peer.personId, by.personId, kind, lead.accountId, now, world.get(Ids).next()],
    ),
  );
}

export async function theCase(api: Api): Promise<string> {
  const [first] = ((await api.get('/wellness/cases')).body.items ?? []) as readonly { id: string }[];
  if (!first) throw new Error('no case');
  return first.id;
}

/** The peer and their supervisor. */
interface Pair {
  readonly own: Api;
  readonly desk: Api;
}

/** Proposed in the case there is, and the peer's yes to it. Returns the case's path. */
export async function agreedTo({ own, desk }: Pair, kind: 'limits' | 'leave' | 'return', steps: readonly object[]): Promise<string> {
  const path = `/wellness/cases/${await theCase(desk)}`;
  const { agreements } = ok(await desk.post(`${path}/proposals`, { kind, steps })).body as { agreements: readonly { id: string; standing: string }[] };
  const waiting = agreements.find(({ standing }) => standing === 'proposed');
  ok(await own.post(`/me/wellness/agreements/${String(waiting?.id)}/answer`, { answer: 'agreed' }));
  return path;
}

/** A case the supervisor opens, from telling the peer to what they agree on. Returns its path. */
export async function caseWith({ own, desk, personId }: Pair & { readonly personId: string }, kind: 'limits' | 'leave', steps: readonly object[]): Promise<string> {
  const id = ok(await desk.post('/wellness/cases', { personId })).body.id as string;
  ok(await own.post('/me/wellness/seen'));
  ok(await desk.post(`/wellness/cases/${id}/contact`));
  return agreedTo({ own, desk }, kind, steps);
}

/** As many calls about oneself as others have made behind the walls: the figures and the log tell one from the other no more than anybody. */
export async function idle(desk: Api, calls: number): Promise<void> {
  for (let made = 0; made < calls; made += 1) ok(await desk.get('/me/away'));
}

export function ok(answer: Answer): Answer {
  expect([answer.status, answer.text.slice(0, 300)]).toEqual([answer.status < 300 ? answer.status : 200, answer.text.slice(0, 300)]);
  return answer;
}
