import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseNamedKey } from './config.js';
import { ensureDataDir } from './data-dir.js';
import type { SealKey } from './seal.js';
import { StartupFault } from './startup-fault.js';
import { newVapidKeys, parseVapidKeys, type VapidKeys } from './vapid.js';

/** The secrets of an embedded installation: one file each in `DATA_DIR/keys`, made once, readable by their owner only. */
export function localSecret(dataDir: string, name: string, make: () => string): string {
  const path = join(dataDir, 'keys', name);
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  ensureDataDir(dataDir);
  mkdirSync(join(dataDir, 'keys'), { recursive: true, mode: 0o700 });
  const secret = make();
  const file = openSync(`${path}.new`, 'w', 0o600);
  writeSync(file, `${secret}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
  return secret;
}

const newNamedKey = (): string => `local-${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64')}`;
export const newPassword = (): string => randomBytes(24).toString('base64url');

interface LocalKeys {
  readonly sealKeys: readonly SealKey[];
  readonly wellnessSealKeys: readonly SealKey[];
  readonly exclusionKey: SealKey;
  readonly vapidKeys: VapidKeys;
}

/**
 * Throws {@link StartupFault} when the records are there and their keys are not: new keys would open nothing, and the
 * old ones could no longer be put back.
 */
export function localKeys(dataDir: string, recordsExist: boolean): LocalKeys {
  const read = (name: string, mayBeNew = !recordsExist): SealKey => {
    const path = join(dataDir, 'keys', name);
    if (!mayBeNew && !existsSync(path)) {
      throw new StartupFault(`The key ${path} is missing, and the sealed texts of this database open with no other; restore it from a backup.`);
    }
    const key = parseNamedKey(localSecret(dataDir, name, newNamedKey));
    if (!key) throw new StartupFault(`The key ${path} is damaged; restore it from a backup.`);
    return key;
  };
  // Records older than the wellness walls have no key of theirs yet.
  return { sealKeys: [read('seal.key')], wellnessSealKeys: [read('wellness-seal.key', true)], exclusionKey: read('exclusion.key'), vapidKeys: localVapidKeys(dataDir) };
}

/** Made anew when missing: browsers subscribe again under the new key, and nothing that is kept depends on the old. */
function localVapidKeys(dataDir: string): VapidKeys {
  const make = (): string => {
    const { publicKey, privateKey } = newVapidKeys();
    return `${publicKey}:${privateKey}`;
  };
  const keys = parseVapidKeys(localSecret(dataDir, 'vapid.key', make));
  if (!keys) throw new StartupFault(`The key ${join(dataDir, 'keys', 'vapid.key')} is damaged; restore it from a backup, or delete it.`);
  return keys;
}
