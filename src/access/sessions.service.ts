import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { after, Clock, HOUR_MS } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { SEEN_EVERY_MS } from '../platform/database/live-channel.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ids } from '../platform/ids.js';
import { SignsOfLife } from '../platform/signs-of-life.store.js';
import type { AccountPrincipal, Role } from './domain/principal.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionStore, type SessionSeen } from './session.store.js';

export const SESSION_MS = 7 * 24 * HOUR_MS;
const IDLE_MS = 12 * HOUR_MS;

/** `mayOnlyEnrol`: their roles ask for a second factor, and there is none yet. */
export type SignedInPrincipal = AccountPrincipal & { readonly mayOnlyEnrol: boolean };

/** Browser sessions: a random token in a cookie, its hash in the table. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly store: SessionStore,
    private readonly secondFactors: SecondFactorService,
    private readonly signs: SignsOfLife,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Returns the token; it is not kept anywhere. */
  async begin(tx: Tx, accountId: string): Promise<string> {
    const [token, now] = [this.ids.token(), this.clock.now()];
    await this.store.insert(tx, { id: this.ids.next(), accountId, tokenHash: hashOf(token), now, expiresAt: after(now, SESSION_MS) });
    return token;
  }

  async authenticate(token: string): Promise<SignedInPrincipal | null> {
    const now = this.clock.now();
    const session = await this.db.read((tx) => this.store.liveByToken(tx, hashOf(token), now, after(now, -IDLE_MS)));
    if (!session) return null;
    if (now.getTime() - session.lastSeenAt.getTime() > SEEN_EVERY_MS) {
      await this.db.withTx(async (tx) => {
        await this.store.seen(tx, [session.id], now);
        await this.signs.seen(tx, [session.personId], now);
      });
    }
    const { id: sessionId, accountId, personId, roles, secondFactor } = session;
    const mayOnlyEnrol = !secondFactor && this.secondFactors.required(roles);
    return { kind: 'account', accountId, personId, roles, peer: roles.includes('peer'), sessionId, mayOnlyEnrol };
  }

  /** Which of them are still live and may hear more, with the roles their accounts have by now. */
  async stillLive(sessionIds: readonly string[]): Promise<ReadonlyMap<string, readonly Role[]>> {
    const now = this.clock.now();
    const live = await this.db.read((tx) => this.store.liveAmong(tx, sessionIds, now, after(now, -IDLE_MS)));
    const whole = live.filter(({ roles, secondFactor }) => secondFactor || !this.secondFactors.required(roles));
    return new Map(whole.map((session) => [session.id, session.roles]));
  }

  liveOf(accountId: string): Promise<SessionSeen[]> {
    const now = this.clock.now();
    return this.db.read((tx) => this.store.liveOf(tx, accountId, now, after(now, -IDLE_MS)));
  }

  /** Throws `not-found` for a session that is over, or somebody else's. */
  async end(accountId: string, sessionId: string): Promise<void> {
    const ended = await this.db.withTx((tx) => this.store.end(tx, accountId, sessionId, this.clock.now()));
    if (!ended) throw new DomainError('not-found');
  }

  /** Signed out everywhere, but for the session that is to stay. */
  async endAll(tx: Tx, accountId: string, keptId: string | null): Promise<void> {
    await this.store.endAll(tx, accountId, keptId, this.clock.now());
  }
}

/** The token has 256 random bits, so a plain hash is enough. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
