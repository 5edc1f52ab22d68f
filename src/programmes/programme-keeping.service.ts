import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { mustBeCurrent } from '../platform/http/if-match.js';
import { after, MINUTE_MS } from '../platform/time.js';
import { changedFields, type Programme } from './domain/programme.js';
import { isTimeZone } from './domain/time-zone.js';
import { PeopleStore } from './people.store.js';
import { ProgrammeStore, type Member, type ProgrammeRow } from './programme.store.js';

/** Longer than any policy lets a cancel be taken back. */
const CANCEL_SETTLES_MS = 3 * MINUTE_MS;

type ProgrammeChange = Partial<Omit<Programme, 'id'>>;
export type ProgrammeWithMembers = ProgrammeRow & { readonly members: readonly Member[] };

/** What admins do with programmes: found, change, close, and say who belongs to them. */
@Injectable()
export class ProgrammeKeeping implements OnModuleInit {
  constructor(
    private readonly ground: Ground,
    private readonly programmes: ProgrammeStore,
    private readonly people: PeopleStore,
    private readonly access: AccessService,
  ) {}

  onModuleInit(): void {
    const visible = async (_: unknown, id: string): Promise<boolean> => (await this.ground.db.read((tx) => this.programmes.byId(tx, id))) !== null;
    this.access.registerSubject({ kind: 'programme', visible });
  }

  /** Throws `not-found`. */
  read(id: string): Promise<ProgrammeWithMembers> {
    return this.ground.db.read((tx) => this.withMembers(tx, id));
  }

  /** Closed ones by name; the active ones are everybody's to list. */
  closed(): Promise<Programme[]> {
    return this.ground.db.read((tx) => this.programmes.closed(tx));
  }

  /** Throws `invalid` for a name that is taken and a time zone that is none. Peers are first only when somebody decides it. */
  async found(by: AccountPrincipal, programme: Omit<Programme, 'id' | 'status'>): Promise<ProgrammeWithMembers> {
    return this.ground.db.withTx(async (tx) => {
      await this.check(tx, programme, null);
      const created: Programme = { ...programme, id: this.ground.ids.next(), status: 'active' };
      await this.programmes.insert(tx, created);
      await this.tell(tx, by, created.id, 1, 'programme.create');
      return { ...created, version: 1, members: [] };
    });
  }

  /** Throws `not-found`, `stale-version`, `invalid`, and `programme-in-use` when it cannot be closed yet. */
  async change(by: AccountPrincipal, id: string, heldVersion: number, change: ProgrammeChange): Promise<ProgrammeWithMembers> {
    return this.ground.db.withTx(async (tx) => {
      const before = await this.locked(tx, id);
      mustBeCurrent(heldVersion, before.version);
      const wanted = { ...before, ...change };
      const fields = changedFields(before, wanted);
      if (fields.length === 0) return this.withMembers(tx, id);
      await this.check(tx, wanted, before);
      if (before.status === 'active' && wanted.status === 'closed') await this.mustBeIdle(tx, id);
      const version = await this.programmes.update(tx, wanted);
      await this.tell(tx, by, id, version, 'programme.change', { fields: fields.join(' ') });
      return this.withMembers(tx, id);
    });
  }

  /** Harmless when they belong to it already. Throws `not-found`, and `invalid` for a person without an account. */
  async addMember(by: AccountPrincipal, id: string, personId: string): Promise<ProgrammeWithMembers> {
    return this.ground.db.withTx(async (tx) => {
      await this.locked(tx, id);
      if (!(await this.people.byPerson(tx, personId))) throw invalidField('personId', 'Nobody with an account has this id.', 'unknown-person');
      if (await this.programmes.addMember(tx, id, personId)) {
        await this.tell(tx, by, id, await this.programmes.nextVersion(tx, id), 'programme.add-member', { personId });
      }
      return this.withMembers(tx, id);
    });
  }

  /** For the roster, which takes them off duty in the same transaction. False when they did not belong to it. */
  async removeMember(tx: Tx, by: AccountPrincipal, id: string, personId: string): Promise<boolean> {
    await this.locked(tx, id);
    if (!(await this.programmes.removeMember(tx, id, personId))) return false;
    await this.tell(tx, by, id, await this.programmes.nextVersion(tx, id), 'programme.remove-member', { personId });
    return true;
  }

  /** Throws `not-found`. */
  async find(tx: Tx, id: string): Promise<ProgrammeRow> {
    const found = await this.programmes.byId(tx, id);
    if (!found) throw new DomainError('not-found');
    return found;
  }

  /** Throws `not-found`. */
  async locked(tx: Tx, id: string): Promise<ProgrammeRow> {
    const found = await this.programmes.lock(tx, id);
    if (!found) throw new DomainError('not-found');
    return found;
  }

  /** The stream tells those who see the programme, the audit who did it. */
  async tell(
    tx: Tx, by: AccountPrincipal, id: string, version: number, action: string, data: Record<string, string | number | boolean> = {},
  ): Promise<void> {
    const [at, actor] = [this.ground.clock.now(), actorOf(by)];
    await this.ground.events.append(tx, at, {
      type: 'programme.changed', subjectType: 'programme', subjectId: id, programmeId: id, version, actor, data: {},
    });
    await this.ground.events.audit(tx, at, { action, subjectType: 'programme', subjectId: id, actor, data });
  }

  nextVersion(tx: Tx, id: string): Promise<number> {
    return this.programmes.nextVersion(tx, id);
  }

  private async check(tx: Tx, wanted: Omit<Programme, 'id' | 'status'>, before: ProgrammeRow | null): Promise<void> {
    if (wanted.name !== before?.name && (await this.programmes.isNameTaken(tx, wanted.name, before?.id ?? null))) {
      throw invalidField('name', 'Another programme has this name.', 'taken');
    }
    if (wanted.timeZone === before?.timeZone) return;
    const known = isTimeZone(wanted.timeZone) && (await this.programmes.knowsTimeZone(tx, wanted.timeZone));
    if (!known) throw invalidField('timeZone', 'This is no time zone, such as America/Los_Angeles.', 'unknown-time-zone');
  }

  private async mustBeIdle(tx: Tx, id: string): Promise<void> {
    await this.programmes.lockIntake(tx, id);
    if (await this.programmes.isInUse(tx, id, after(this.ground.clock.now(), -CANCEL_SETTLES_MS))) throw new DomainError('programme-in-use');
  }

  private async withMembers(tx: Tx, id: string): Promise<ProgrammeWithMembers> {
    return { ...(await this.find(tx, id)), members: await this.programmes.members(tx, id) };
  }
}
