import { Injectable } from '@nestjs/common';
import { after, Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { DomainError } from '../platform/errors.js';
import { Ids } from '../platform/ids.js';
import { KeyedHash } from '../platform/seal.js';
import { addressKey, PER_ACCOUNT, PER_ADDRESS, waitSeconds, WINDOW_MS } from './domain/throttle.js';
import { SignInStore } from './sign-in.store.js';

const REMOVED_AT_ONCE = 20;

/** Only failures count, by account and by address. The account is a keyed hash: nobody reads here who tried to sign in. */
@Injectable()
export class FailedSignInsService {
  constructor(
    private readonly store: SignInStore,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly hash: KeyedHash,
  ) {}

  /** Throws `too-many-attempts`. The same for an account that is not there. */
  async refuseTooMany(email: string, address: string): Promise<void> {
    const now = this.clock.now();
    const since = after(now, -WINDOW_MS);
    const seconds = await this.db.read(async (tx) => {
      const ofAccount = await this.store.failuresOfAccount(tx, this.keyOf(email), since, PER_ACCOUNT.failures);
      const fromAddress = await this.store.failuresFromAddress(tx, addressKey(address), since, PER_ADDRESS.failures);
      return Math.max(waitSeconds(ofAccount, PER_ACCOUNT, now), waitSeconds(fromAddress, PER_ADDRESS, now));
    });
    if (seconds > 0) throw new DomainError('too-many-attempts', { retryAfterSeconds: seconds });
  }

  async remember(email: string, address: string): Promise<void> {
    const at = this.clock.now();
    await this.db.withTx(async (tx) => {
      await this.store.insertFailure(tx, { id: this.ids.next(), accountKey: this.keyOf(email), address: addressKey(address), at });
      await this.store.removeSome(tx, after(at, -WINDOW_MS), REMOVED_AT_ONCE);
    });
  }

  private keyOf(email: string): Buffer {
    return this.hash.of(`sign-in:${email}`);
  }
}
