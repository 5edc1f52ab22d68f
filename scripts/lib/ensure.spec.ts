import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ensureBuilt, ensureInstalled, isInstalled } from './ensure.mjs';

let root: string;
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pd-checkout-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('whether the packages are installed', () => {
  const here = { version: '1.0.0', integrity: 'sha512-a', resolved: 'https://registry/here.tgz' };
  const elsewhere = { version: '1.0.0', integrity: 'sha512-b', optional: true };
  const wanted = { '': { name: 'app' }, 'node_modules/here': here, 'node_modules/elsewhere': elsewhere };
  const given = (found: object): boolean => {
    write('package-lock.json', JSON.stringify({ packages: wanted }));
    write('node_modules/.package-lock.json', JSON.stringify({ packages: found }));
    return isInstalled(root);
  };

  it('is so when npm recorded what the lock file names; parts for another system may be absent', () => {
    expect(given({ 'node_modules/here': here })).toBe(true);
    expect(given({ 'node_modules/here': here, 'node_modules/elsewhere': elsewhere })).toBe(true);
  });

  it('is not so when a package is missing, another version, or left over', () => {
    expect(given({})).toBe(false);
    expect(given({ 'node_modules/here': { ...here, version: '1.0.1' } })).toBe(false);
    expect(given({ 'node_modules/here': { ...here, integrity: 'sha512-c' } })).toBe(false);
    expect(given({ 'node_modules/here': here, 'node_modules/old': here })).toBe(false);
  });

  it('is not so before npm has finished', () => {
    write('package-lock.json', JSON.stringify({ packages: wanted }));
    mkdirSync(join(root, 'node_modules/here'), { recursive: true });
    expect(isInstalled(root)).toBe(false);
  });
});

describe('installing', () => {
  const npmBefore = process.env.npm_execpath;
  const npmRan = (): boolean => existsSync(join(root, 'npm-ran'));
  const install = async (): Promise<string[]> => {
    const lines: string[] = [];
    await ensureInstalled({ log: (line) => lines.push(line), root });
    return lines;
  };
  beforeEach(() => {
    write('package-lock.json', JSON.stringify({ packages: { '': { name: 'app' }, 'node_modules/here': { version: '2.0.0' } } }));
    // Stands in for npm: notes that it ran, and empties node_modules as `npm ci` does.
    write(
      'npm.js',
      `const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
       writeFileSync('npm-ran', '');
       rmSync('node_modules', { recursive: true, force: true });
       mkdirSync('node_modules');
       writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/here': { version: '2.0.0' } } }));`,
    );
    process.env.npm_execpath = join(root, 'npm.js');
  });
  afterEach(() => {
    if (npmBefore === undefined) delete process.env.npm_execpath;
    else process.env.npm_execpath = npmBefore;
  });

  it('is done in a folder of its own that differs from the lock file', async () => {
    write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/here': { version: '1.0.0' } } }));
    await install();
    expect([npmRan(), isInstalled(root)]).toEqual([true, true]);
  });

  it('is refused through a linked node_modules, whose packages belong to another checkout, and says so', async () => {
    write('elsewhere/node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/here': { version: '1.0.0' } } }));
    write('elsewhere/node_modules/here/index.js', 'theirs');
    symlinkSync(join(root, 'elsewhere/node_modules'), join(root, 'node_modules'));
    expect(await install()).toEqual([expect.stringContaining('node_modules is a link')]);
    expect([npmRan(), lstatSync(join(root, 'node_modules')).isSymbolicLink()]).toEqual([false, true]);
    expect(readFileSync(join(root, 'elsewhere/node_modules/here/index.js'), 'utf8')).toBe('theirs');
  });
});

describe('the build', () => {
  const built = (): string => readFileSync(join(root, 'dist/src/main.js'), 'utf8');
  const build = async (): Promise<string[]> => {
    const lines: string[] = [];
    await ensureBuilt({ log: (line) => lines.push(line), root, only: 'server' });
    return lines;
  };
  beforeEach(() => {
    write('src/main.ts', 'first');
    // Stands in for the compiler: copies the source and counts how often it was called.
    write(
      'node_modules/@swc/cli/bin/swc.js',
      `const { appendFileSync, cpSync, readFileSync } = require('node:fs');
       appendFileSync('calls', '.');
       if (readFileSync('src/main.ts', 'utf8') === 'broken') { console.error('line 1: broken'); process.exit(1); }
       cpSync('src/main.ts', process.argv[process.argv.indexOf('-d') + 1] + '/src/main.js');`,
    );
  });

  it('is made once and again only when a source changes', async () => {
    expect(await build()).toEqual(['Building the server …']);
    expect(await build()).toEqual([]);
    write('src/main.ts', 'second');
    await build();
    expect(built()).toBe('second');
    expect(readFileSync(join(root, 'calls'), 'utf8')).toBe('..');
  });

  it('is made by one of two that start at once', async () => {
    await Promise.all([build(), build()]);
    expect(readFileSync(join(root, 'calls'), 'utf8')).toBe('.');
    expect(built()).toBe('first');
  });

  it('leaves the last good one in place when a source is broken, and tells what the compiler said', async () => {
    await build();
    write('src/main.ts', 'broken');
    await expect(build()).rejects.toThrow(/Building the server failed \(exit code 1\):\nline 1: broken/);
    expect(built()).toBe('first');
    await expect(build()).rejects.toThrow(/broken/);
  });
});
