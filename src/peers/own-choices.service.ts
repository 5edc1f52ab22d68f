import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, type FieldError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { CatalogueService } from '../programmes/catalogue.service.js';
import type { Programme } from '../programmes/domain/programme.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import type { TraitName } from './domain/peer-record.js';
import { OwnChoicesStore } from './own-choices.store.js';

const MOST = 500;

/**
 * Topics a peer leaves out, and the programmes where they receive services themself. They leave no trace but their own
 * rows: no event and no audit entry says that there are any, so that nobody can tell them from any other way of not
 * being available.
 */
@Injectable()
export class OwnChoices {
  constructor(
    private readonly store: OwnChoicesStore,
    private readonly catalogue: CatalogueService,
    private readonly programmes: ProgrammesService,
    private readonly ground: Ground,
  ) {}

  topics(personId: string): Promise<TraitName[]> {
    return this.ground.db.read((tx) => this.store.topics(tx, personId, MOST));
  }

  /** In place of what was left out before. A code retired since may stay. Throws `not-found` for who is no peer, and `invalid`. */
  async leaveOut(personId: string, topics: readonly TraitName[]): Promise<TraitName[]> {
    return this.change(personId, async (tx) => {
      const before = new Set((await this.store.topics(tx, personId, MOST)).map(({ kind, code }) => `${kind} ${code}`));
      const errors: FieldError[] = [];
      for (const [index, { kind, code }] of topics.entries()) {
        const known = before.has(`${kind} ${code}`) || (await this.catalogue.unknownCodes(tx, kind, [code])).length === 0;
        if (!known) errors.push({ field: `topics.${index}.code`, code: 'unknown-code', message: 'No such code in the catalogue.' });
      }
      if (errors.length > 0) throw new DomainError('invalid', { errors });
      await this.store.setTopics(tx, personId, topics);
      return this.store.topics(tx, personId, MOST);
    });
  }

  ownCare(personId: string): Promise<string[]> {
    return this.ground.db.read((tx) => this.store.ownCare(tx, personId, MOST));
  }

  /** To choose from: services may be received anywhere in the agency. */
  everyProgramme(): Promise<Programme[]> {
    return this.ground.db.read((tx) => this.programmes.list(tx));
  }

  /** In place of what was said before: any programme of the agency. Throws `not-found` for who is no peer, and `invalid`. */
  async receiveCareIn(personId: string, programmeIds: readonly string[]): Promise<string[]> {
    return this.change(personId, async (tx) => {
      const before = await this.store.ownCare(tx, personId, MOST);
      const errors: FieldError[] = [];
      for (const [index, id] of programmeIds.entries()) {
        if (before.includes(id) || (await this.programmes.get(tx, id))) continue;
        errors.push({ field: `programmeIds.${index}`, code: 'unknown-programme', message: 'There is no such programme.' });
      }
      if (errors.length > 0) throw new DomainError('invalid', { errors });
      await this.store.setOwnCare(tx, personId, programmeIds);
      return this.store.ownCare(tx, personId, MOST);
    });
  }

  private change<T>(personId: string, write: (tx: Tx) => Promise<T>): Promise<T> {
    return this.ground.db.withTx(async (tx) => {
      if (!(await this.store.lockPerson(tx, personId))) throw new DomainError('not-found');
      const written = await write(tx);
      // What is wider than before lets them be asked for more.
      await this.ground.supply.owe(tx, [personId]);
      return written;
    });
  }
}
