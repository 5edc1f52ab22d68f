import type { CarePolicy } from '../../../src/programmes/domain/care-policy.js';
import { EASY_CARE } from '../care.js';
import { ApiKeysService } from '../../../src/access/api-keys.service.js';
import type { Principal } from '../../../src/access/principal.js';
import type { ContactKind } from '../../../src/programmes/domain/contact-kind.js';
import { OnCallService } from '../../../src/programmes/on-call.service.js';
import type { Programme } from '../../../src/programmes/domain/programme.js';
import type { Person } from '../given.js';
import type { World } from '../world.js';

export interface CrewPeer extends Person {
  readonly name: string;
  readonly speaks: readonly string[];
  readonly takes: readonly ContactKind[];
  readonly youthCleared: boolean;
}

/** The people of every run. They stay; what they did goes. */
export interface Crew {
  readonly programmes: readonly Programme[];
  /** Those who come and go, then those who come to the rescue at the end. */
  readonly peers: readonly CrewPeer[];
  readonly rescuers: readonly CrewPeer[];
  readonly coordinator: Person;
  /** One on call for each programme, in their order. */
  readonly supervisors: readonly Person[];
  /** They write the relapse policies, and approve each other's. */
  readonly admins: readonly [Person, Person];
  readonly partner: Principal;
}

const ALL: readonly ContactKind[] = ['phone', 'text', 'in-person'];
const PEERS = [
  { name: 'Ann', speaks: ['en'], takes: ALL, youthCleared: true },
  { name: 'Ben', speaks: ['en'], takes: ['phone', 'in-person'], youthCleared: false },
  { name: 'Eva', speaks: ['es', 'en'], takes: ALL, youthCleared: true },
  { name: 'Leo', speaks: ['es'], takes: ['text'], youthCleared: false },
  { name: 'Kim', speaks: ['en'], takes: ALL, youthCleared: false },
] as const satisfies readonly Omit<CrewPeer, keyof Person>[];
const RESCUERS = [1, 2, 3, 4, 5].map((number) => ({ name: `Rescuer ${number}`, speaks: ['en', 'es'], takes: ALL, youthCleared: true }));

/** Minutes that lie within what a run waits for anyway. */
export const RESTING: CarePolicy = { ...EASY_CARE, rest: { afterContactMinutes: 1, afterHighAcuityMinutes: 2, afterHardMinutes: 3 } };

/** How many of them come and go during a run. */
export const COMING_AND_GOING = PEERS.length;

/** Programmes that share their peers: the second has clinicians go first, the third sends nobody out alone. */
export async function hire({ given, get, db }: World): Promise<Crew> {
  const programmes: Programme[] = [];
  for (const about of [{}, { peersFirst: false }, { inPersonRule: 'with-buddy' }] as const) programmes.push(await given.programme({ cover: 'none', care: RESTING, ...about }));
  const coordinator = await given.coordinator({ programmes });
  const supervisors: Person[] = [];
  for (const programme of programmes) {
    const supervisor = await given.supervisor({ programmes: [programme] });
    await db.withTx((tx) => get(OnCallService).setList(tx, programme.id, [supervisor.accountId]));
    supervisors.push(supervisor);
  }
  const peers: CrewPeer[] = [];
  for (const about of [...PEERS, ...RESCUERS]) peers.push({ ...about, ...(await given.peer({ ...about, programmes })) });
  // Somebody is there to ask when neither of the two who stand behind a peer is.
  await given.supervisorLead({ programmes });
  for (const [index, peer] of peers.slice(0, COMING_AND_GOING).entries()) await given.stoodBehind(peer, at(supervisors, index), at(supervisors, index + 1));
  const admins = [await given.person({ roles: ['admin'], programmes }), await given.person({ roles: ['admin'], programmes })] as const;
  const scopes = ['requests:write', 'triage'] as const;
  const { id: apiKeyId } = await get(ApiKeysService).create(coordinator.principal, 'County line', scopes);
  return { programmes, coordinator, supervisors, admins, peers, rescuers: peers.slice(COMING_AND_GOING), partner: { kind: 'api-key', apiKeyId, scopes } };
}

/** Of the request's programme. */
export function supervisorOf({ programmes, supervisors }: Crew, programmeId: string | undefined): Person | undefined {
  return supervisors[programmes.findIndex(({ id }) => id === programmeId)];
}

/** Whether nobody is sent out alone in this programme. */
export function goesWithBuddy({ programmes }: Crew, { programmeId, contactKind }: { readonly programmeId: string; readonly contactKind: string }): boolean {
  return contactKind === 'in-person' && programmes.find(({ id }) => id === programmeId)?.inPersonRule === 'with-buddy';
}

export type Helper = 'supervisor' | 'deputy';

/** Who stands behind one of those who come and go. */
export function behind({ peers, supervisors }: Crew, personId: string, as: Helper): Person {
  return at(supervisors, peers.findIndex((peer) => peer.personId === personId) + (as === 'deputy' ? 1 : 0));
}

function at(people: readonly Person[], index: number): Person {
  return people[index % people.length] as Person;
}
