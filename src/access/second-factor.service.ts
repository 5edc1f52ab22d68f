import { Inject, Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import { CONFIG, type Config } from '../platform/config.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { KeyedHash, Sealed, type SealPlace } from '../platform/seal.js';
import { SealedTexts } from '../platform/sealed-texts.store.js';
import type { Role } from './domain/principal.js';
import {
  codeTyped, DIGITS, legible, needsSecondFactor, PERIOD_SECONDS, RECOVERY_BYTES, RECOVERY_CODES, recoveryCode, SECRET_BYTES, stepUsed, WINDOW_STEPS,
} from './domain/second-factor.js';
import { SecondFactorStore, type SecondFactorRow } from './second-factor.store.js';

export interface Enrolment {
  /** Base32, for who types it in. */
  readonly secret: string;
  /** What the QR code says. */
  readonly uri: string;
}

export interface SecondFactorState {
  readonly state: 'off' | 'started' | 'on';
  readonly recoveryCodesLeft: number;
}

/** A code of an authenticator app beside the password. The secret is a sealed text; recovery codes are keyed hashes. */
@Injectable()
export class SecondFactorService {
  private readonly forStaff: boolean;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly ground: Ground,
    private readonly factors: SecondFactorStore,
    private readonly texts: SealedTexts,
    private readonly hash: KeyedHash,
  ) {
    this.forStaff = config.secondFactorForStaff;
  }

  /** Whether these roles may do nothing without one, here. */
  required(roles: readonly Role[]): boolean {
    return needsSecondFactor(roles, this.forStaff);
  }

  async stateOf(tx: Tx, accountId: string): Promise<SecondFactorState> {
    const row = await this.factors.find(tx, accountId);
    if (!row) return { state: 'off', recoveryCodesLeft: 0 };
    return { state: row.confirmedAt ? 'on' : 'started', recoveryCodesLeft: await this.factors.recoveryCodesLeft(tx, accountId) };
  }

  async isOn(tx: Tx, accountId: string): Promise<boolean> {
    const row = await this.factors.find(tx, accountId);
    return row !== null && row.confirmedAt !== null;
  }

  /** A new secret, in place of one that was never confirmed. Throws `second-factor-on`. */
  async begin(tx: Tx, accountId: string, label: { organisation: string; email: string }): Promise<Enrolment> {
    const row = await this.factors.lock(tx, accountId);
    if (row?.confirmedAt) throw new DomainError('second-factor-on');
    const now = this.ground.clock.now();
    const secret = new Secret({ buffer: Uint8Array.from(this.ground.ids.bytes(SECRET_BYTES)).buffer });
    await this.factors.begin(tx, accountId, now);
    await this.texts.replace(tx, now, placeOf(accountId), new Sealed(secret.base32));
    return { secret: secret.base32, uri: totpOf(secret, label).toString() };
  }

  /** The first right code turns it on. Returns the recovery codes, which are kept as hashes only. */
  async confirm(tx: Tx, accountId: string, code: string): Promise<string[]> {
    const row = await this.factors.lock(tx, accountId);
    if (!row) throw new DomainError('second-factor-not-started');
    if (row.confirmedAt) throw new DomainError('second-factor-on');
    const now = this.ground.clock.now();
    const step = await this.stepOf(tx, row, codeTyped(code).code, now);
    if (step === null) throw invalidField('code', 'This is not the code the app shows now.', 'wrong-code');
    await this.factors.confirm(tx, accountId, step, now);
    return this.newRecoveryCodes(tx, accountId);
  }

  /** In place of those there were, used or not: no earlier one works any more. */
  async newRecoveryCodes(tx: Tx, accountId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => recoveryCode(this.ground.ids.bytes(RECOVERY_BYTES)));
    await this.factors.replaceRecoveryCodes(tx, accountId, codes.map((each) => this.hashOf(accountId, each)), this.ground.clock.now());
    return codes.map(legible);
  }

  /** Whether the code is right; a right one is used up by it. True for an account without a second factor. */
  async passes(tx: Tx, accountId: string, typed: string): Promise<boolean> {
    const row = await this.factors.lock(tx, accountId);
    if (!row?.confirmedAt) return true;
    const now = this.ground.clock.now();
    const { kind, code } = codeTyped(typed);
    if (kind === 'recovery') return this.factors.useRecoveryCode(tx, accountId, this.hashOf(accountId, code), now);
    const step = await this.stepOf(tx, row, code, now);
    if (step !== null) await this.factors.remember(tx, accountId, step);
    return step !== null;
  }

  /** False when there was none. */
  async remove(tx: Tx, accountId: string): Promise<boolean> {
    const { rowId, ...column } = placeOf(accountId);
    await this.texts.forget(tx, column, [rowId]);
    return this.factors.remove(tx, accountId);
  }

  private async stepOf(tx: Tx, row: SecondFactorRow, code: string, now: Date): Promise<number | null> {
    const sealed = await this.texts.open(tx, placeOf(row.accountId));
    // A factor whose secret cannot be opened lets nobody in.
    if (!sealed) return null;
    const totp = totpOf(Secret.fromBase32(sealed.open()), { organisation: '', email: '' });
    return stepUsed(totp.validate({ token: code, timestamp: now.getTime(), window: WINDOW_STEPS }), now, row.lastStep);
  }

  private hashOf(accountId: string, code: string): Buffer {
    return this.hash.of(`recovery-code:${accountId}:${code}`);
  }
}

function placeOf(accountId: string): SealPlace {
  return { table: 'second_factor', rowId: accountId, column: 'secret' };
}

function totpOf(secret: Secret, { organisation, email }: { organisation: string; email: string }): TOTP {
  return new TOTP({ issuer: organisation, label: email, algorithm: 'SHA1', digits: DIGITS, period: PERIOD_SECONDS, secret });
}
