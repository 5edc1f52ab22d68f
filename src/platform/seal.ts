import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Text that must not leave by accident: it refuses to be printed, joined or serialised; `open()` is the only way. */
export class Sealed<T> {
  constructor(private readonly value: T) {}

  open(): T {
    return this.value;
  }

  toJSON(): never {
    throw new Error('sealed text cannot be serialised');
  }

  toString(): never {
    throw new Error('sealed text cannot be printed');
  }

  [inspect.custom](): string {
    return '[sealed]';
  }
}

export interface SealKey {
  readonly id: string;
  readonly key: Buffer;
}

/** Where a sealed text belongs; it is the additional data, so a cipher moved to another row does not open. */
export interface SealPlace {
  readonly table: string;
  readonly rowId: string;
  readonly column: string;
}

export interface SealedRow {
  readonly keyId: string;
  readonly wrappedKey: Buffer;
  readonly cipher: Buffer;
}

/** AES-256-GCM (NIST SP 800-38D) with a data key per record, wrapped by a key from the configuration. The first key seals, all open. */
export class Sealer {
  constructor(private readonly keys: readonly SealKey[]) {
    if (keys.length === 0) throw new Error('no seal key configured');
  }

  seal(text: Sealed<string>, place: SealPlace): SealedRow {
    const [sealing] = this.keys as [SealKey];
    const dataKey = randomBytes(KEY_BYTES);
    const additional = additionalData(place);
    return {
      keyId: sealing.id,
      wrappedKey: encrypt(sealing.key, dataKey, additional),
      cipher: encrypt(dataKey, Buffer.from(text.open(), 'utf8'), additional),
    };
  }

  /** Throws when the key is unknown, or the text was changed or belongs to another row. */
  open(row: SealedRow, place: SealPlace): Sealed<string> {
    const wrapping = this.keys.find((key) => key.id === row.keyId);
    if (!wrapping) throw new Error(`seal key ${row.keyId} is not configured`);
    const additional = additionalData(place);
    const dataKey = decrypt(wrapping.key, row.wrappedKey, additional);
    return new Sealed(decrypt(dataKey, row.cipher, additional).toString('utf8'));
  }
}

/** Provider token of the sealer of what lies behind the wellness walls: its key opens nothing else. */
export const WELLNESS_SEALER = Symbol('wellness-sealer');

/** Keyed hash of a normalised requester key: HMAC-SHA-256 under the deployment's exclusion key. */
export class KeyedHash {
  constructor(private readonly secret: SealKey) {}

  get keyId(): string {
    return this.secret.id;
  }

  of(normalised: string): Buffer {
    return createHmac('sha256', this.secret.key).update(normalised, 'utf8').digest();
  }
}

function additionalData(place: SealPlace): Buffer {
  return Buffer.from(`${place.table}\u0000${place.rowId}\u0000${place.column}`, 'utf8');
}

function encrypt(key: Buffer, plain: Buffer, additional: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(additional);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, additional: Buffer): Buffer {
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(additional);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)), decipher.final()]);
}
