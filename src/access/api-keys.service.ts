import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { DomainError } from '../platform/errors.js';
import { Events } from '../platform/events.js';
import { Ids } from '../platform/ids.js';
import { ApiKeyStore, type ApiKeySeen } from './api-key.store.js';
import type { AccountPrincipal, Principal, Scope } from './domain/principal.js';
import { actorOf } from './principal.js';
import { hashOf } from './sessions.service.js';

/** Makes a key that leaked recognisable to people and to scanners. */
const PREFIX = 'pdk_';

/** Keys of intake partners and other machines: shown once, kept as a hash. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly store: ApiKeyStore,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly events: Events,
  ) {}

  async authenticate(token: string): Promise<Principal | null> {
    const key = await this.db.read((tx) => this.store.liveByToken(tx, hashOf(token)));
    return key ? { kind: 'api-key', apiKeyId: key.id, scopes: key.scopes } : null;
  }

  /** Live and revoked, newest first; never the keys themselves. */
  page(beforeId: string | null, limit: number): Promise<ApiKeySeen[]> {
    return this.db.read((tx) => this.store.page(tx, beforeId, limit));
  }

  async create(by: AccountPrincipal, name: string, scopes: readonly Scope[]): Promise<{ id: string; key: string }> {
    const [id, key, createdAt] = [this.ids.next(), `${PREFIX}${this.ids.token()}`, this.clock.now()];
    await this.db.withTx(async (tx) => {
      await this.store.insert(tx, { id, name, tokenHash: hashOf(key), scopes: [...scopes], createdBy: by.accountId, createdAt });
      await this.events.audit(tx, createdAt, {
        action: 'api-key.create', subjectType: 'api-key', subjectId: id, actor: actorOf(by), data: { scopes: scopes.join(' ') },
      });
    });
    return { id, key };
  }

  /** Works from the next call on. Throws `not-found` for a key that is not live. */
  async revoke(by: AccountPrincipal, id: string): Promise<void> {
    const now = this.clock.now();
    await this.db.withTx(async (tx) => {
      if (!(await this.store.revoke(tx, id, now))) throw new DomainError('not-found');
      await this.events.audit(tx, now, { action: 'api-key.revoke', subjectType: 'api-key', subjectId: id, actor: actorOf(by) });
    });
  }
}
