import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';
import { readConfigFile } from '../platform/config-files.js';
import { DomainError, invalidField } from '../platform/errors.js';
import { passwordFault, type WhoseItIs } from './domain/password.js';

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
  private readonly commonest: ReadonlySet<string> = new Set(readConfigFile('common-passwords.json', z.array(z.string().min(1)).min(1)));

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normal(password), COST));
  }

  /** Throws `invalid` naming the field it came in. */
  refuseWeak(password: string, whose: WhoseItIs, field: string): void {
    const fault = passwordFault(normal(password), whose, this.commonest);
    if (fault) throw invalidField(field, fault.message, fault.code);
  }

  /** As long for an account that is not there, or has no password, as for one that is. */
  async matches(passwordHash: string | null, password: string): Promise<boolean> {
    const against = passwordHash ?? (await this.strangersHash());
    const right = await this.inTurn(() => verify(against, normal(password)));
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

/** One letter may be typed in several ways (NIST SP 800-63B §3.1.1.2 asks for it): e + accent is é. */
const normal = (password: string): string => password.normalize('NFKC');
