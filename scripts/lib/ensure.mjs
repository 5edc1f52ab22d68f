// Makes a checkout ready to run: packages installed as package-lock.json says, dist/ built from the sources as they are.
// Node built-ins only: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const checkout = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const SAY_AGAIN_MS = 10_000;

/** Installs when node_modules is missing or differs from package-lock.json. */
export async function ensureInstalled({ log, root = checkout }) {
  if (isInstalled(root)) return;
  if (isLinked(join(root, 'node_modules'))) {
    // Installing would empty the folder it links to, which belongs to another checkout.
    log('node_modules is a link and holds other packages than package-lock.json names; going on with them.');
    return;
  }
  await alone(root, log, async () => {
    if (isInstalled(root)) return;
    const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
    // The build needs the development packages too, whatever NODE_ENV says; one dependency's install script calls home otherwise.
    const flags = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    await step('Installing packages (the first time takes about a minute)', log, root, [...npm, ...flags], { SCARF_ANALYTICS: 'false' });
    if (!isInstalled(root)) throw new Error('npm reported success, but node_modules does not hold what package-lock.json names.');
  });
}

function isLinked(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** Builds what is older than its sources: the server, the web pages, or both; with `only`, just that part. */
export async function ensureBuilt({ log, root = checkout, only }) {
  const stale = () => staleParts(root).filter((part) => !only || part.name === only);
  if (stale().length === 0) return;
  await alone(root, log, async () => {
    for (const part of stale()) await build(part, root, log);
  });
}

/** npm's own record of what it installed, written last, against the lock file; parts for other systems may be absent. */
export function isInstalled(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(readFileSync(record, 'utf8')).packages;
  const same = (a, b) => a.version === b.version && a.integrity === b.integrity && a.resolved === b.resolved;
  const mayBeAbsent = (entry) => entry.optional === true || entry.devOptional === true;
  return (
    Object.entries(wanted).every(([path, entry]) => path === '' || (found[path] ? same(found[path], entry) : mayBeAbsent(entry))) &&
    Object.keys(found).every((path) => wanted[path] !== undefined)
  );
}

const isPage = (path) => path.startsWith('src/web/');
const parts = [
  {
    name: 'server',
    title: 'Building the server',
    sources: ['src', 'migrations', 'scripts', '.swcrc', 'package-lock.json'],
    counts: (path) => !isPage(path) && !path.endsWith('.spec.ts'),
    outputs: ['src', 'migrations', 'scripts'],
    command: (root, out) => [
      join(root, 'node_modules/@swc/cli/bin/swc.js'),
      ...['src', 'migrations', 'scripts'].filter((folder) => existsSync(join(root, folder))),
      '-d', out, '--config-file', '.swcrc', '--quiet',
    ],
  },
  {
    name: 'web',
    title: 'Building the pages',
    sources: ['src', 'config', 'vite.config.mjs', 'package-lock.json'],
    // Beside its own files a page may use what a contract exports, and the catalogues.
    counts: (path) => !path.startsWith('src/') || isPage(path) || path.endsWith('contract.ts'),
    outputs: ['web'],
    command: (root, out) => [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', join(out, 'web'), '--emptyOutDir', '--logLevel', 'warn'],
  },
];

const stampOf = (part, root) => join(root, 'dist', `.${part.name}.sha256`);

function staleParts(root) {
  return parts.filter((part) => {
    const stamp = stampOf(part, root);
    return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint(part, root);
  });
}

/** By content, not by time: a clone or a checkout of another branch sets times that mean nothing. */
function fingerprint(part, root) {
  const hash = createHash('sha256');
  for (const source of part.sources) {
    for (const path of filesUnder(root, join(root, source))) {
      if (part.counts(path)) hash.update(path).update('\0').update(readFileSync(join(root, path))).update('\0');
    }
  }
  return hash.digest('hex');
}

function filesUnder(root, path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [relative(root, path)];
  return readdirSync(path).sort().flatMap((name) => filesUnder(root, join(path, name)));
}

/** Built aside and renamed into place, so that nobody ever starts from half a build. */
async function build(part, root, log) {
  const dist = join(root, 'dist');
  const aside = join(dist, `.next-${part.name}`);
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  const builtFrom = fingerprint(part, root);
  await step(part.title, log, root, [process.execPath, ...part.command(root, aside)]);
  rmSync(stampOf(part, root), { force: true });
  for (const output of part.outputs) {
    if (existsSync(join(dist, output))) renameSync(join(dist, output), join(aside, `worn-${output}`));
    if (existsSync(join(aside, output))) renameSync(join(aside, output), join(dist, output));
  }
  rmSync(aside, { recursive: true, force: true });
  writeFileSync(stampOf(part, root), builtFrom);
}

/** One command with its progress on the screen. Rejects with its last output when it fails, and ends it when we are ended. */
function step(title, log, root, [command, ...args], extraEnv = {}) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  log(`${title} …`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...extraEnv }, stdio: ['ignore', 'pipe', 'pipe'] });
    const lines = [];
    const keep = (chunk) => lines.push(String(chunk));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const again = setInterval(() => log(`${title} … ${seconds()} s`), SAY_AGAIN_MS);
    let interruptedBy = null;
    const interrupt = (signal) => {
      interruptedBy = signal;
      child.kill('SIGTERM');
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, interrupt);
    const end = (problem) => {
      clearInterval(again);
      for (const signal of signals) process.removeListener(signal, interrupt);
      if (interruptedBy) reject(new Error(`${title}: stopped by ${interruptedBy}.`));
      else if (problem) reject(new Error(`${title} failed (${problem}):\n${stripVTControlCharacters(lines.join('')).trim()}`));
      else resolve();
    };
    child.once('error', (error) => end(error.message));
    child.once('close', (code, signal) => end(code === 0 ? null : (signal ?? `exit code ${code}`)));
  });
}

const BEAT_MS = 2_000;
const DEAD_AFTER_MS = 15_000;
const LOOK_AGAIN_MS = 200;

/**
 * Two starts on one checkout install and build one after the other. The lock is a folder (made or not made, never half)
 * that its holder touches while it works; untouched for 15 s it belongs to nobody.
 */
async function alone(root, log, work) {
  const lock = join(root, '.data', 'ensure.lock');
  let waiting = false;
  while (!taken(lock)) {
    if (!waiting) log('Another start is installing or building here; waiting for it.');
    waiting = true;
    const touchedAt = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (touchedAt !== undefined && Date.now() - touchedAt > DEAD_AFTER_MS) rmSync(lock, { recursive: true, force: true });
    await pause(LOOK_AGAIN_MS);
  }
  const beat = setInterval(() => existsSync(lock) && utimesSync(lock, new Date(), new Date()), BEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(beat);
    rmSync(lock, { recursive: true, force: true });
  }
}

function taken(lock) {
  try {
    mkdirSync(dirname(lock), { recursive: true });
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw new Error(`There is something to install or to build, and this user cannot write here: ${error.message}`, { cause: error });
  }
}
