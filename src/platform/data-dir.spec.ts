import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holderIsAlive, parseHolder, takeDataDirLock } from './data-dir.js';
import { ownIdentity } from './process-identity.js';

describe('the lock on DATA_DIR', () => {
  let dataDir: string;
  const lockFile = (): string => join(dataDir, 'lock');
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'pd-lock-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('turns a second taker away with the address of the first', () => {
    const lock = takeDataDirLock(dataDir);
    expect(() => takeDataDirLock(dataDir)).toThrow(/still starting/);
    lock.announce('http://127.0.0.1:3000');
    expect(() => takeDataDirLock(dataDir)).toThrow(`Peer Dispatch already runs on ${dataDir} at http://127.0.0.1:3000 (process ${process.pid}).`);
    lock.release();
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('passes to the next one when its holder is gone, even if the pid was given away since', () => {
    writeFileSync(lockFile(), JSON.stringify({ ...ownIdentity(), startedAt: 'an earlier boot/1', address: 'http://127.0.0.1:1' }));
    takeDataDirLock(dataDir);
    expect(parseHolder(readFileSync(lockFile(), 'utf8'))).toEqual({ ...ownIdentity(), address: null });
    expect(readdirSync(dataDir)).toEqual(['lock']);
  });

  it('is not taken when it cannot be understood', () => {
    writeFileSync(lockFile(), 'not a lock');
    expect(() => takeDataDirLock(dataDir)).toThrow(/cannot be read/);
    expect(readFileSync(lockFile(), 'utf8')).toBe('not a lock');
  });

  it('is not released by one who no longer holds it', () => {
    const lock = takeDataDirLock(dataDir);
    writeFileSync(lockFile(), JSON.stringify({ pid: process.pid + 1, startedAt: null, address: null }));
    lock.release();
    expect(existsSync(lockFile())).toBe(true);
  });

  it('says so when the folder cannot be made', () => {
    writeFileSync(join(dataDir, 'file'), '');
    expect(() => takeDataDirLock(join(dataDir, 'file', 'inside'))).toThrow(/cannot be made/);
  });

  it.each(['', '{', '[]', 'null', '{"pid":"7"}', '{"pid":0}', '{"pid":1.5}'])('does not read %j as a holder', (text) => {
    expect(parseHolder(text)).toBeNull();
  });

  it('counts a holder as alive unless it is proven gone', () => {
    const holder = { pid: 7, startedAt: 'boot/1', address: null };
    expect(holderIsAlive(holder, { state: 'alive', startedAt: 'boot/1' })).toBe(true);
    expect(holderIsAlive(holder, { state: 'alive', startedAt: null })).toBe(true);
    expect(holderIsAlive({ ...holder, startedAt: null }, { state: 'alive', startedAt: 'boot/2' })).toBe(true);
    expect(holderIsAlive(holder, { state: 'alive', startedAt: 'boot/2' })).toBe(false);
    expect(holderIsAlive(holder, { state: 'zombie' })).toBe(false);
    expect(holderIsAlive(holder, { state: 'gone' })).toBe(false);
  });
});
