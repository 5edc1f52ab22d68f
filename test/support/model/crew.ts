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
  /** One on call for each programme. */
  readonly supervisors: readonly Person[];
  readonly partner: Principal;
}

const BOTH: readonly ContactKind[] = ['phone', 'text'];
const PEERS = [
  { name: 'Ann', speaks: ['en'], takes: BOTH, youthCleared: true },
  { name: 'Ben', speaks: ['en'], takes: ['phone'], youthCleared: false },
  { name: 'Eva', speaks: ['es', 'en'], takes: BOTH, youthCleared: true },
  { name: 'Leo', speaks: ['es'], takes: ['text'], youthCleared: false },
  { name: 'Kim', speaks: ['en'], takes: BOTH, youthCleared: false },
] as const satisfies readonly Omit<CrewPeer, keyof Person>[];
const RESCUERS = [1, 2, 3].map((number) => ({ name: `Rescuer ${number}`, speaks: ['en', 'es'], takes: BOTH, youthCleared: true }));

/** How many of them come and go during a run. */
export const COMING_AND_GOING = PEERS.length;

/** Two programmes that share their peers; the second has clinicians go first. */
export async function hire({ given, get, db }: World): Promise<Crew> {
  const programmes = [await given.programme({ cover: 'none' }), await given.programme({ cover: 'none', peersFirst: false })];
  const coordinator = await given.coordinator({ programmes });
  const supervisors: Person[] = [];
  for (const programme of programmes) {
    const supervisor = await given.supervisor({ programmes: [programme] });
    await db.withTx((tx) => get(OnCallService).setList(tx, programme.id, [supervisor.accountId]));
    supervisors.push(supervisor);
  }
  const peers: CrewPeer[] = [];
  for (const about of [...PEERS, ...RESCUERS]) peers.push({ ...about, ...(await given.peer({ ...about, programmes })) });
  const scopes = ['requests:write', 'triage'] as const;
  const { id: apiKeyId } = await get(ApiKeysService).create(coordinator.principal, 'County line', scopes);
  return { programmes, coordinator, supervisors, peers, rescuers: peers.slice(COMING_AND_GOING), partner: { kind: 'api-key', apiKeyId, scopes } };
}
