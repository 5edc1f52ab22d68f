import { Injectable } from '@nestjs/common';
import { after, Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { DomainError } from '../platform/errors.js';
import { Ids } from '../platform/ids.js';
import { KeyedHash } from '../platform/seal.js';
import { addressKey, PER_ACCOUNT, PER_ACCOUNT_AND_ADDRESS, PER_ADDRESS, waitSeconds, WINDOW_MS } from './domain/throttle.js';
import { SignInStore } from './sign-in.store.js';

const REMOVED_AT_ONCE = 20;
const MAX_WAITING = 500;

/**
 * Only failures count: of an account from one address, of an account from anywhere, and from an address. The account is a
 * keyed hash: nobody reads here who tried to sign in.
 */
@Injectable()
export class FailedSignInsService {
  private readonly turns = new Map<string, Promise<unknown>>();
  private waiting = 0;

  constructor(
    private readonly store: SignInStore,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly hash: KeyedHash,
  ) {}

  /**
   * Wherever a password or a code is typed: one attempt per account at a time, so that ten guesses sent at once are ten
   * guesses, not one. Throws `too-many-attempts` before `attempt` begins, the same for an account that is not there, and
   * `unavailable` when far too many wait.
   */
  async inTurn<T>(email: string, address: string, attempt: () => Promise<T>): Promise<T> {
    if (this.waiting >= MAX_WAITING) throw new DomainError('unavailable', { retryAfterSeconds: 5 });
    this.waiting += 1;
    const attemptInTurn = async (): Promise<T> => {
      await this.refuseTooMany(email, address);
      return attempt();
    };
    const turn = (this.turns.get(email) ?? Promise.resolve()).then(attemptInTurn, attemptInTurn);
    this.turns.set(email, turn);
    try {
      return await turn;
    } finally {
      this.waiting -= 1;
      if (this.turns.get(email) === turn) this.turns.delete(email);
    }
  }

  async remember(email: string, address: string): Promise<void> {
    const at = this.clock.now();
    await this.db.withTx(async (tx) => {
      await this.store.insertFailure(tx, { id: this.ids.next(), accountKey: this.keyOf(email), address: addressKey(address), at });
      await this.store.removeSome(tx, after(at, -WINDOW_MS), REMOVED_AT_ONCE);
    });
  }

  private async refuseTooMany(email: string, address: string): Promise<void> {
    const now = this.clock.now();
    const since = after(now, -WINDOW_MS);
    const [account, from] = [this.keyOf(email), addressKey(address)];
    const seconds = await this.db.read(async (tx) => {
      const ofBoth = await this.store.failuresOfAccountFrom(tx, account, from, since, PER_ACCOUNT_AND_ADDRESS.failures);
      const ofAccount = await this.store.failuresOfAccount(tx, account, since, PER_ACCOUNT.failures);
      const ofAddress = await this.store.failuresFromAddress(tx, from, since, PER_ADDRESS.failures);
      return Math.max(waitSeconds(ofBoth, PER_ACCOUNT_AND_ADDRESS, now), waitSeconds(ofAccount, PER_ACCOUNT, now), waitSeconds(ofAddress, PER_ADDRESS, now));
    });
    if (seconds > 0) throw new DomainError('too-many-attempts', { retryAfterSeconds: seconds });
  }

  private keyOf(email: string): Buffer {
    return this.hash.of(`sign-in:${email}`);
  }
}
