import { ApiKeysService } from '../../src/access/api-keys.service.js';
import { SCOPES } from '../../src/access/principal.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { OnCallService } from '../../src/programmes/on-call.service.js';
import { EventStream, isLastWord, lastWordTo } from './event-stream.js';
import type { Person } from './given.js';
import type { Api, JsonObject } from './http-api.js';
import { itemsOf } from './http-api.js';
import { cookieOf } from './listening.js';
import { ok, type Circle } from './wellness.js';
import type { World } from './world.js';

/** What the peer of the story does when it begins. */
export type Doing = 'in contact' | 'being asked';

export interface TwinScene {
  /** Everybody who is neither the peer of the story nor stands behind them. */
  readonly viewers: readonly (readonly [string, Api])[];
  readonly streams: readonly { readonly name: string; readonly person: Person; readonly stream: EventStream }[];
  /** The peer of the story and those behind them. */
  readonly own: Api;
  readonly desk: Api;
  readonly second: Api;
  /** The request the peer of the story is busy with. */
  readonly requestId: string;
  /** By the path up to them: something of each kind that exists, of the peer of the story and of somebody else. */
  readonly inPath: Readonly<Record<string, readonly string[]>>;
}

const ROLES = ['coordinator', 'supervisor', 'planner', 'admin', 'privacy-officer', 'peer'] as const;
/** Nobody's in particular: one answer serves. */
const DAY = '2026-03-03T18:00:00Z';

/** One of everything the API shows, so that hardly a route has nothing to say: two worlds with seeded ids get the same. */
export async function twinScene(world: World, circle: Circle, doing: Doing): Promise<TwinScene> {
  const { given } = world;
  const { api, peer } = circle;
  const people = {} as Record<(typeof ROLES)[number] | 'lead' | 'asked peer', Person>;
  for (const role of ROLES) people[role] = await (role === 'peer' ? given.peer({ canSignIn: true }) : given.person({ roles: [role], canSignIn: true }));
  people.lead = circle.lead;
  people['asked peer'] = await given.peer({ canSignIn: true });
  await given.stoodBehind(people.peer, people.supervisor);
  const one = <T extends object>(statement: string, values: readonly string[] = []): Promise<T> => world.db.read((tx) => tx.one<T>(statement, values));
  const programmeId = (await one<{ id: string }>('SELECT id FROM programme ORDER BY id LIMIT 1')).id;
  await world.db.withTx((tx) => world.get(OnCallService).setList(tx, programmeId, [people.supervisor.accountId]));

  const streams: TwinScene['streams'][number][] = [];
  const viewers: [string, Api][] = [['nobody', api]];
  for (const [name, person] of Object.entries(people)) {
    const cookie = await cookieOf(api, person);
    viewers.push([name, api.withCookie(cookie)]);
    streams.push({ name, person, stream: await EventStream.open(api.baseUrl, cookie) });
  }
  // What was before they listened may still come to some of them.
  await lastWordTo(world, streams.map(({ person }) => person));
  for (const { stream } of streams) await stream.until(isLastWord);
  for (const scope of SCOPES) viewers.push([scope, api.withKey((await world.get(ApiKeysService).create(people.admin.principal, scope, [scope])).key)]);
  const as = Object.fromEntries(viewers) as Record<keyof typeof people, Api>;
  const [own, desk, second] = [await circle.as(peer), await circle.as(circle.supervisor), await circle.as(circle.deputy)];
  const made = async (by: Api, path: string, body: object): Promise<string> => idOf(ok(await by.post(path, body)).body);

  // The peer of the story is the first to be asked; somebody else has had a contact that was hard; a third is being asked.
  const first = await given.request();
  await world.sweep();
  const theirs = (await world.look.pendingOffer(first)).id;
  if (doing === 'in contact') {
    await world.get(OffersService).accept(theirs, peer.personId, { kind: 'account', id: peer.accountId });
    await world.get(EncountersService).contactMade(peer.principal, (await world.look.assignments(first))[0]?.id ?? '');
  }
  await given.checkedIn(people.peer);
  const hard = await given.request();
  await world.sweep();
  await world.get(OffersService).accept((await world.look.pendingOffer(hard)).id, people.peer.personId, { kind: 'account', id: people.peer.accountId });
  const done = (await world.look.assignments(hard))[0]?.id ?? '';
  await world.get(EncountersService).contactMade(people.peer.principal, done);
  const consult = await made(as.peer, `/assignments/${done}/consult`, {});
  ok(await as.supervisor.post(`/consults/${consult}/take`));
  await world.get(EncountersService).closeOut(people.peer.principal, done, { outcome: 'supported', reasons: [], intensity: 'critical', followUp: true });
  ok(await as.supervisor.post(`/supervision/critical-contacts/${done}/contacted`));
  await given.checkedIn(people['asked peer']);
  const asking = await given.request();
  // One that nobody has triaged: its deadline passes while the story is told, and raises an alarm.
  await given.request({ acuity: undefined });
  await world.sweep();
  const beyond = await given.request();
  ok(await as.coordinator.post(`/requests/${beyond}/escalate`, { cause: 'coordinator' }));

  const held = { track: 'clinical-guidance', heldAt: world.clock.now().toISOString(), notes: 'Between these two.' };
  const sessions = [await made(desk, '/supervision/sessions/held', { ...held, personId: peer.personId }), await made(as.supervisor, '/supervision/sessions/held', { ...held, personId: people.peer.personId })];
  await made(as.supervisor, '/supervision/sessions', { personId: people.peer.personId, track: 'training', plannedAt: DAY });
  const number = { code: 'certified-mh', issuer: 'State board', state: 'OR', number: 'OR-4711', ceHoursNeeded: 20, issuedOn: '2025-09-01', expiresAt: '2026-04-01T00:00:00Z' };
  const credential = await made(as.admin, `/peers/${peer.personId}/credentials`, number);
  const area = await made(as.admin, '/areas', { name: 'Lane County', countyFips: ['41039'] });
  const note = await made(as.coordinator, '/hand-over-notes', { programmeId, text: 'The night was quiet.' });
  // A case of somebody else's, which their own supervisor sees in both worlds.
  const theirCase = await made(as.supervisor, '/wellness/cases', { personId: people.peer.personId });
  ok(await as.peer.post('/me/wellness/seen'));
  ok(await as.supervisor.post(`/wellness/cases/${theirCase}/contact`));
  const notes = itemsOf(ok(await as.peer.post('/me/wellness/notes', { kind: 'own', text: 'Mine alone.' })), 'notes');
  const agreements = itemsOf(ok(await as.supervisor.post(`/wellness/cases/${theirCase}/proposals`, { kind: 'leave', steps: [{ days: 7 }] })), 'agreements');
  // On another device: ending it ends none that listens here.
  await cookieOf(api, people.peer);
  const elsewhere = itemsOf(await as.peer.get('/me/sessions')).find(({ current }) => current === false);
  const [policies, keys] = [itemsOf(await as.admin.get('/policies')), itemsOf(await as.admin.get('/api-keys'))];
  const relapse = (await one<{ id: string }>('SELECT id FROM wellness.relapse_policy ORDER BY id LIMIT 1')).id;
  const relation = async (of: Person): Promise<string> => (await one<{ id: string }>('SELECT id FROM supervisor_relation WHERE person_id = $1 ORDER BY id LIMIT 1', [of.personId])).id;
  const checkIn = (await one<{ id: string }>('SELECT id FROM critical_check_in ORDER BY number LIMIT 1')).id;
  const followUp = (await one<{ id: string }>('SELECT id FROM follow_up LIMIT 1')).id;
  const offered = await world.look.offers(asking);
  const [escalation] = await world.look.escalations(beyond);
  const relations = [await relation(peer), await relation(people.peer)];
  const assignments = [...(await world.look.assignments(first)).map(({ id }) => id), done];

  return {
    viewers, streams, own, desk, second, requestId: first,
    inPath: {
      'accounts/{id}': [peer.accountId], 'api-keys/{id}': [idOf(keys[0])], 'areas/{id}': [area], 'assignments/{id}': assignments, 'catalogue/entries/{kind}': ['languages'],
      'catalogue/entries/{kind}/{code}': ['en'], 'consults/{id}': [consult], 'credentials/{id}': [credential], 'escalations/{id}': [escalation?.id ?? ''], 'follow-ups/{id}': [followUp],
      'hand-over-notes/{id}': [note], 'me/debriefs/{id}': [done], 'me/relapse-policies/{id}': [relapse], 'me/sessions/{id}': [idOf(elsewhere)],
      'me/supervision/sessions/{id}': sessions, 'me/supervisors/{id}': relations, 'me/wellness/agreements/{id}': [idOf(agreements[0])], 'me/wellness/notes/{id}': [idOf(notes[0])],
      'offers/{id}': [theirs, ...offered.map(({ id }) => id)], 'peers/{id}': [peer.personId], 'policies/{id}': [idOf(policies[0])], 'policies/{id}/diff/{otherId}': [idOf(policies.at(-1))],
      'programmes/{id}': [programmeId], 'programmes/{id}/members/{personId}': [peer.personId], 'requests/{id}': [first, asking], 'supervision/check-ins/{id}': [checkIn],
      'supervision/critical-contacts/{id}': [done], 'supervision/debriefs/{id}': [done], 'supervision/peers/{id}': [peer.personId, people.peer.personId],
      'supervision/relations/{id}': relations, 'supervision/sessions/{id}': sessions, 'wellness/cases/{id}': [theirCase], 'wellness/overdue-appeals/{id}': [theirCase], 'wellness/overdue-contacts/{id}': [theirCase],
      'wellness/relapse-policies/{id}': [relapse],
    },
  };
}

function idOf(body: JsonObject | undefined): string {
  if (typeof body?.id !== 'string') throw new Error(`no id in ${JSON.stringify(body)}`);
  return body.id;
}
