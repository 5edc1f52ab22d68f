import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { PeopleStore, type PeopleSearch, type PersonRow } from './people.store.js';

/** Who has an account, for admins who put people where they serve. */
@Injectable()
export class PeopleService {
  constructor(private readonly people: PeopleStore) {}

  page(tx: Tx, search: PeopleSearch): Promise<PersonRow[]> {
    return this.people.page(tx, search);
  }

  /** Null when the person has no account. */
  find(tx: Tx, personId: string): Promise<PersonRow | null> {
    return this.people.byPerson(tx, personId);
  }
}
