import type { Role } from '../../src/access/domain/principal.js';
import type { AccountPrincipal } from '../../src/access/principal.js';
import { AccountsService } from '../../src/access/accounts.service.js';
import { PasswordsService } from '../../src/access/passwords.service.js';
import { ChannelsService } from '../../src/notify/channels.service.js';
import type { Trait } from '../../src/peers/domain/peer.js';
import { CredentialsService } from '../../src/peers/credentials.service.js';
import { PeersService } from '../../src/peers/peers.service.js';
import { Ids } from '../../src/platform/ids.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import type { ContactKind } from '../../src/programmes/domain/contact-kind.js';
import type { CarePolicy } from '../../src/programmes/domain/care-policy.js';
import type { InPersonRule, Programme } from '../../src/programmes/domain/programme.js';
import { OnCallService } from '../../src/programmes/on-call.service.js';
import { ProgrammesService } from '../../src/programmes/programmes.service.js';
import type { ReceiveRequestDto } from '../../src/requests/contract.js';
import { RequestsService } from '../../src/requests/requests.service.js';
import { CheckInService } from '../../src/shifts/check-in.service.js';
import { AppointingService } from '../../src/supervision/appointing.service.js';
import { DueService } from '../../src/supervision/due.service.js';
import { RelapsePolicyKeeping } from '../../src/wellness/relapse-policy-keeping.service.js';
import { whatProgrammesAsk } from './training.js';
import { EASY_CARE } from './care.js';
import type { World } from './world.js';

export const PASSWORD = 'a-long-enough-password';
const LATER_THAN_ANY_STORY = new Date('2100-01-01T00:00:00Z');

export interface Person {
  readonly personId: string;
  readonly accountId: string;
  readonly email: string;
  readonly principal: AccountPrincipal;
}

export interface AProgramme {
  readonly cover?: 'on-call' | 'none';
  readonly peersFirst?: boolean;
  readonly inPersonRule?: InPersonRule;
  /** Nobody may be asked without one. */
  readonly relapsePolicy?: 'in-force' | 'none';
  /** Easy unless it is what the test is about; `standard` is the product's own. */
  readonly care?: CarePolicy | 'standard';
}

interface AnAccount {
  readonly roles?: readonly Role[];
  readonly programmes?: readonly Programme[];
  /** Only who signs in over HTTP needs one: hashing takes time. */
  readonly canSignIn?: boolean;
}

export interface APeer extends Omit<AnAccount, 'roles'> {
  readonly speaks?: readonly string[];
  readonly takes?: readonly ContactKind[];
  readonly traits?: readonly Trait[];
  readonly gender?: string | null;
  readonly youthCleared?: boolean | null;
  /** Has read the relapse policies of their programmes, unless said otherwise. */
  readonly acknowledged?: boolean;
  /** What programmes ask everybody for by default, without an end, unless nothing. */
  readonly holds?: 'training' | 'nothing';
}

export interface ADuty {
  readonly programmes?: readonly Programme[];
  readonly takes?: readonly ContactKind[];
  readonly hours?: number;
  readonly capacity?: number;
  readonly maxAcuity?: 1 | 2 | 3 | 4 | null;
  readonly buddyOnly?: boolean;
  readonly mode?: 'active' | 'on-call';
}

export type ARequest = Partial<Omit<ReceiveRequestDto, 'programmeId'>> & { readonly programme?: Programme; readonly by?: Person };

/** Counted through a whole world, so that several tests may share one and nobody is there twice. */
interface Counted {
  people: number;
  programmes: number;
}

/** States the world a test begins in, through the real services. What is not said is the plainest case that works. */
export class Given {
  private programmes: Programme[] = [];
  private first: Promise<Programme> | null = null;
  private desk: Promise<Person> | null = null;

  constructor(
    private readonly world: Pick<World, 'db' | 'clock' | 'get'>,
    readonly counted: Counted = { people: 0, programmes: 0 },
  ) {}

  /** With a supervisor on its on-call list, unless `cover: 'none'`. */
  async programme({ cover = 'on-call', peersFirst = true, inPersonRule = 'solo-allowed', relapsePolicy = 'in-force', care = EASY_CARE }: AProgramme = {}): Promise<Programme> {
    this.counted.programmes += 1;
    const created = await this.world.db.withTx((tx) =>
      this.world.get(ProgrammesService).create(tx, {
        name: `Programme ${this.counted.programmes}`, timeZone: 'America/Los_Angeles', callingInstruction: 'Call through the switchboard.', callingInstructionEs: null,
        peersFirst, inPersonRule,
      }),
    );
    if (relapsePolicy === 'in-force') await this.world.db.withTx((tx) => this.world.get(RelapsePolicyKeeping).publish(tx, created.id));
    this.programmes.push(created);
    if (care !== 'standard') await this.goesBy(created, care);
    if (this.desk) await this.joins(await this.desk, created);
    if (cover === 'on-call') {
      const supervisor = await this.supervisor({ programmes: [created] });
      await this.world.db.withTx((tx) => this.world.get(OnCallService).setList(tx, created.id, [supervisor.accountId]));
    }
    return created;
  }

  /** From now on, without who or why. */
  async goesBy({ id }: Pick<Programme, 'id'>, care: CarePolicy): Promise<void> {
    await this.world.db.withTx((tx) =>
      tx.run(
        `INSERT INTO policy_version (id, kind, programme_id, number, content, content_hash, effective_from, created_at)
         SELECT $4, 'care', $1, coalesce(max(number), 0) + 1, $2, 'given', $3, $3 FROM policy_version WHERE kind = 'care' AND programme_id = $1`,
        [id, care, this.world.clock.now(), this.world.get(Ids).next()],
      ),
    );
  }

  coordinator(about: Omit<AnAccount, 'roles'> = {}): Promise<Person> {
    return this.person({ ...about, roles: ['coordinator'] });
  }

  supervisor(about: Omit<AnAccount, 'roles'> = {}): Promise<Person> {
    return this.person({ ...about, roles: ['supervisor'] });
  }

  /** They have something to hear a page with, on duty or not. */
  async reachable<T extends Pick<Person, 'personId'>>(person: T): Promise<T> {
    await this.world.db.withTx((tx) => this.world.get(ChannelsService).keepInApp(tx, person.personId, LATER_THAN_ANY_STORY));
    await this.pageOpen(person);
    return person;
  }

  /** Their page stays open however far the clock is moved: its event stream would be seen all the while. */
  pageOpen(person: Pick<Person, 'personId'>): Promise<void> {
    return this.pageSeen(person, LATER_THAN_ANY_STORY);
  }

  /** Their page was there for the last time. */
  async pageSeen({ personId }: Pick<Person, 'personId'>, at: Date): Promise<void> {
    await this.world.db.withTx((tx) =>
      tx.run('INSERT INTO line_seen (person_id, seen_at) VALUES ($1, $2) ON CONFLICT (person_id) DO UPDATE SET seen_at = EXCLUDED.seen_at', [personId, at]),
    );
  }

  /** Who stand behind somebody from now on, as everybody has agreed. */
  async stoodBehind(peer: Person, supervisor: Person, deputy?: Person): Promise<void> {
    const now = this.world.clock.now();
    await this.world.db.withTx(async (tx) => {
      const appointing = this.world.get(AppointingService);
      await appointing.found(tx, { personId: peer.personId, supervisorId: supervisor.personId, kind: 'supervisor' }, supervisor.accountId, now);
      if (deputy) await appointing.found(tx, { personId: peer.personId, supervisorId: deputy.personId, kind: 'deputy' }, supervisor.accountId, now);
    });
  }

  supervisorLead(about: Omit<AnAccount, 'roles'> = {}): Promise<Person> {
    return this.person({ ...about, roles: ['supervisor-lead'] });
  }

  async peer(about: APeer = {}): Promise<Person> {
    const person = await this.person({ ...about, roles: ['peer'] });
    await this.world.db.withTx(async (tx) => {
      await this.world.get(PeersService).enrol(tx, {
        personId: person.personId, languages: about.speaks ?? ['en'], contactKinds: about.takes ?? ['phone', 'text'], gender: about.gender ?? null,
        areaId: null, youthCleared: about.youthCleared ?? null, engagement: 'part-time', traits: about.traits ?? [],
      });
      if (about.holds !== 'nothing') await this.world.get(CredentialsService).enter(tx, person.personId, whatProgrammesAsk(this.world.clock.now()), null);
      // No story of another subject runs for a year.
      await this.world.get(DueService).begin(tx, person.personId, after(this.world.clock.now(), 365 * 24 * HOUR_MS));
      if (about.acknowledged !== false) await this.world.get(RelapsePolicyKeeping).acknowledgeAll(tx, person.personId);
    });
    return person;
  }

  async peerOnDuty({ hours, capacity, maxAcuity, buddyOnly, ...about }: APeer & ADuty = {}): Promise<Person> {
    const peer = await this.peer(about);
    await this.checkedIn(peer, { hours, capacity, maxAcuity, buddyOnly, takes: about.takes, programmes: about.programmes });
    return peer;
  }

  /** Puts a peer on duty: 8 hours, one person at a time, every programme there is, and a page that stays open. */
  async checkedIn(peer: Person, duty: ADuty = {}): Promise<void> {
    await this.world.get(CheckInService).checkIn(peer.principal, {
      dutyAs: 'peer', mode: duty.mode ?? 'active', programmeIds: await this.idsOf(duty.programmes), until: after(this.world.clock.now(), (duty.hours ?? 8) * HOUR_MS),
      contactKinds: duty.takes ?? ['phone', 'text'], maxAcuity: duty.maxAcuity ?? null, buddyOnly: duty.buddyOnly ?? false, capacity: duty.capacity ?? 1, place: null,
    });
    await this.pageOpen(peer);
  }

  /** An English phone call of acuity 2 without danger. Returns its id; the search begins with the next `world.sweep()`. */
  async request({ programme, by, ...said }: ARequest = {}): Promise<string> {
    const [programmeId = ''] = await this.idsOf(programme && [programme]);
    const { requestId } = await this.world.get(RequestsService).receive((by ?? (await this.theDesk())).principal, {
      programmeId, channel: 'phone', contactKind: 'phone', language: 'en', acuity: 2,
      safety: { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' },
      ...said,
    });
    return requestId;
  }

  async person({ roles = [], programmes, canSignIn = false }: AnAccount): Promise<Person> {
    this.counted.people += 1;
    const { people } = this.counted;
    const email = `${roles[0] ?? 'person'}${people}@example.test`;
    const passwordHash = canSignIn ? await this.world.get(PasswordsService).hash(PASSWORD) : null;
    const programmeIds = await this.idsOf(programmes);
    const created = await this.world.db.withTx(async (tx) => {
      const ids = await this.world.get(AccountsService).create(tx, { email, displayName: `Person ${people}`, roles, passwordHash });
      for (const programmeId of programmeIds) await this.world.get(ProgrammesService).join(tx, programmeId, ids.personId);
      return ids;
    });
    // Services ask who calls, not through which session; a session of its own comes with signing in.
    const principal: AccountPrincipal = { kind: 'account', ...created, roles, peer: roles.includes('peer'), sessionId: created.accountId };
    return { ...created, email, principal };
  }

  /** Of the programmes named, or of every one so far; the first person or request makes one. */
  private async idsOf(named: readonly Programme[] | undefined): Promise<string[]> {
    if (named) return named.map(({ id }) => id);
    if (this.programmes.length === 0) await (this.first ??= this.programme());
    return this.programmes.map(({ id }) => id);
  }

  private theDesk(): Promise<Person> {
    return (this.desk ??= this.coordinator());
  }

  private joins(person: Person, programme: Programme): Promise<void> {
    return this.world.db.withTx((tx) => this.world.get(ProgrammesService).join(tx, programme.id, person.personId));
  }
}
