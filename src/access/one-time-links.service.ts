import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ids } from '../platform/ids.js';
import { expiryOf, opens, type LinkPurpose, type LinkRow } from './domain/one-time-link.js';
import { OneTimeLinkStore } from './one-time-link.store.js';
import { hashOf } from './sessions.service.js';

export interface NewLink {
  /** Shown once; only its hash is kept. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** Links that let somebody choose a password, once. An account has one at most: a new one ends the old. */
@Injectable()
export class OneTimeLinksService {
  constructor(
    private readonly links: OneTimeLinkStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** With the account's row locked. `madeBy` null: on the server's command line. */
  async issue(tx: Tx, accountId: string, purpose: LinkPurpose, madeBy: string | null): Promise<NewLink> {
    const [token, createdAt] = [this.ids.token(), this.clock.now()];
    await this.links.withdrawOpen(tx, accountId, createdAt);
    const expiresAt = expiryOf(purpose, createdAt);
    await this.links.insert(tx, { id: this.ids.next(), accountId, purpose, tokenHash: hashOf(token), madeBy, createdAt, expiresAt });
    return { token, expiresAt };
  }

  async withdraw(tx: Tx, accountId: string): Promise<void> {
    await this.links.withdrawOpen(tx, accountId, this.clock.now());
  }

  /** Throws `link-no-longer-valid`, whatever the reason: nobody learns from a guess what there is. */
  async look(tx: Tx, token: string): Promise<LinkRow> {
    return this.open(await this.links.byToken(tx, hashOf(token)));
  }

  /** The same, locked until the end of the transaction, and used up by it. */
  async use(tx: Tx, token: string): Promise<LinkRow> {
    const link = this.open(await this.links.lockByToken(tx, hashOf(token)));
    await this.links.markUsed(tx, link.id, this.clock.now());
    return link;
  }

  private open(link: LinkRow | null): LinkRow {
    if (!link || !opens(link, this.clock.now())) throw new DomainError('link-no-longer-valid');
    return link;
  }
}
