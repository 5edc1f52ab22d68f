import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { AccountEntity, PersonEntity } from './account.entity.js';

export interface AccountCard {
  readonly id: string;
  readonly personId: string;
  readonly email: string;
  readonly displayName: string;
  readonly roles: AccountEntity['roles'];
}

export interface Organisation {
  readonly name: string;
  readonly demo: boolean;
}

@Injectable()
export class AccountStore {
  byEmail(tx: Tx, email: string): Promise<AccountEntity | null> {
    return tx.manager.getRepository(AccountEntity).findOneBy({ email });
  }

  async insert(tx: Tx, person: PersonEntity, account: Omit<AccountEntity, 'version'>): Promise<void> {
    await tx.manager.getRepository(PersonEntity).insert(person);
    await tx.manager.getRepository(AccountEntity).insert(account);
  }

  card(tx: Tx, accountId: string): Promise<AccountCard | null> {
    return tx.maybe<AccountCard>(
      `SELECT a.id, a.person_id, a.email, p.display_name, a.roles FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = $1`,
      [accountId],
    );
  }

  organisation(tx: Tx): Promise<Organisation> {
    return tx.one<Organisation>('SELECT organisation_name AS name, demo FROM deployment');
  }
}
