import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '../platform/errors.js';

/** argon2id is the library's default; the cost is OWASP's: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 4;
const MAX_WAITING = 500;

/** Hashes and checks passwords, a few at a time: each takes a core and 19 MiB for its time. */
@Injectable()
export class PasswordsService {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private stranger: Promise<string> | null = null;

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, COST));
  }

  /** As long for an account that is not there, or has no password, as for one that is. */
  async matches(passwordHash: string | null, password: string): Promise<boolean> {
    const against = passwordHash ?? (await this.strangersHash());
    const right = await this.inTurn(() => verify(against, password));
    return right && passwordHash !== null;
  }

  private strangersHash(): Promise<string> {
    this.stranger ??= this.hash('nobody has this password');
    return this.stranger;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting.length >= MAX_WAITING) throw new DomainError('unavailable', { retryAfterSeconds: 5 });
    if (this.running >= AT_ONCE) await new Promise<void>((go) => this.waiting.push(go));
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
