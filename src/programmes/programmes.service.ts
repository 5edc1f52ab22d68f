import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { Principal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { Ids } from '../platform/ids.js';
import type { Programme } from './domain/programme.js';
import { ProgrammeStore, type ProgrammeRow } from './programme.store.js';

type NewProgramme = Omit<Programme, 'id' | 'status'>;

@Injectable()
export class ProgrammesService {
  constructor(
    private readonly programmes: ProgrammeStore,
    private readonly access: AccessService,
    private readonly ids: Ids,
  ) {}

  async get(tx: Tx, id: string): Promise<Programme | null> {
    const found = await this.programmes.byId(tx, id);
    return found && programmeOf(found);
  }

  /** The same for whoever is about to write something into it: it stays as it is until the transaction ends. */
  async hold(tx: Tx, id: string): Promise<Programme | null> {
    const found = await this.programmes.held(tx, id);
    return found && programmeOf(found);
  }

  /** Every active programme, by name. */
  async list(tx: Tx): Promise<Programme[]> {
    return (await this.programmes.active(tx)).map(programmeOf);
  }

  /** The active programmes an action reaches for this caller; config/roles.json says whose reach ends at their own. */
  async reach(tx: Tx, who: Principal, action: string): Promise<Programme[]> {
    const all = await this.list(tx);
    if (this.access.reach(who, action).some((relations) => relations.length === 0)) return all;
    const mine = new Set(who.kind === 'account' ? await this.programmesOf(tx, who.personId) : []);
    return all.filter(({ id }) => mine.has(id));
  }

  /** Ids of the active programmes the person belongs to. */
  programmesOf(tx: Tx, personId: string): Promise<string[]> {
    return this.programmes.idsOfMember(tx, personId);
  }

  isMember(tx: Tx, personId: string, programmeId: string): Promise<boolean> {
    return this.programmes.isMember(tx, personId, programmeId);
  }

  async create(tx: Tx, programme: NewProgramme): Promise<Programme> {
    const created: Programme = { ...programme, id: this.ids.next(), status: 'active' };
    await this.programmes.insert(tx, created);
    return created;
  }

  async join(tx: Tx, programmeId: string, personId: string): Promise<void> {
    await this.programmes.insertMember(tx, programmeId, personId);
  }
}

function programmeOf({ version: _, ...programme }: ProgrammeRow): Programme {
  return programme;
}
