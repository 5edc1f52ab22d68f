#!/usr/bin/env node
// Everything there is to run, in one command. The last line is `N passed, N failed, N skipped`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureInstalled } from './lib/ensure.mjs';
import { findNeeds } from './lib/needs.mjs';
import { forwardSignals, run } from './lib/run.mjs';
import { exitCodeOf, sum, tallyOf, tallyWithout, worthASecondLook } from './lib/tally.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const requireAll = process.env.REQUIRE_ALL === '1';
const minutes = (count) => count * 60_000;

const gates = [
  { name: 'types', args: ['run', '--silent', 'types'] },
  { name: 'lint', args: ['run', '--silent', 'lint'] },
  { name: 'arrows', args: ['run', '--silent', 'arrows'] },
];
// Those that start whole processes run one file at a time: two at once starve each other on two cores.
const projects = [
  { name: 'unit', timeoutMs: minutes(12), flags: ['--maxWorkers=2'] },
  { name: 'architecture', timeoutMs: minutes(12), flags: ['--maxWorkers=2'] },
  { name: 'medium', timeoutMs: minutes(45), flags: ['--maxWorkers=2'] },
  { name: 'e2e', timeoutMs: minutes(20), flags: ['--runInBand'] },
  { name: 'browser', timeoutMs: minutes(50), flags: ['--runInBand'], secondLook: 2 },
];

const log = (line) => console.log(line);
forwardSignals();
process.exitCode = await main();

async function main() {
  const tallies = [];
  try {
    await ensureInstalled({ log });
    await ensureBuilt({ log });
    for (const gate of gates) tallies.push(await runGate(gate));
    for (const project of projects) tallies.push(await runProject(project));
  } catch (error) {
    console.error(error);
    tallies.push({ passed: 0, failed: 1, skipped: 0, faults: [String(error)] });
  }
  const total = sum(tallies);
  if (total.skipped > 0) explainSkips();
  log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return exitCodeOf(total, requireAll);
}

/** A gate is one check: it passes or it fails. */
async function runGate({ name, args }) {
  log(`\n── ${name}`);
  const { exitCode, timedOut } = await run('npm', args, { cwd: root, timeoutMs: minutes(8) });
  if (exitCode === 0) return { passed: 1, failed: 0, skipped: 0, faults: [] };
  log(`✗ ${name} ${timedOut ? 'ran out of time' : 'failed'}`);
  return { passed: 0, failed: 1, skipped: 0, faults: [name] };
}

async function runProject({ name, timeoutMs, flags, secondLook = 0 }) {
  log(`\n── ${name}`);
  const first = await runJest({ name, timeoutMs, flags });
  const again = worthASecondLook(first, secondLook);
  const tallies = again.length === 0 ? [tallyOf(first)] : [tallyWithout(again, first.report), await lookAgain({ name, timeoutMs, flags, files: again })];
  const faults = tallies.flatMap((tally) => tally.faults);
  for (const fault of faults) log(`✗ ${name}: ${fault}`);
  const total = { ...sum(tallies), faults };
  log(`${name}: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total;
}

/** What failed once is run once more, from the beginning and out loud; what fails again has failed. */
async function lookAgain({ name, timeoutMs, flags, files }) {
  log(`\n── ${name}: failed once, looked at again: ${files.map((file) => relative(root, file)).join(', ')}`);
  return tallyOf(await runJest({ name, timeoutMs, flags: [...flags, '--runTestsByPath', ...files] }));
}

async function runJest({ name, timeoutMs, flags }) {
  const folder = mkdtempSync(join(tmpdir(), 'peer-dispatch-test-'));
  try {
    const outputFile = join(folder, 'report.json');
    const args = [join(root, 'node_modules/jest/bin/jest.js'), '--selectProjects', name, '--json', '--outputFile', outputFile, ...flags];
    const nodeOptions = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim();
    const ended = await run(process.execPath, args, {
      cwd: root,
      timeoutMs,
      stopOn: /Jest did not exit/,
      env: { ...process.env, NODE_OPTIONS: nodeOptions },
    });
    return { ...ended, report: existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')) : null };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function explainSkips() {
  const missing = findNeeds().filter((need) => need.path === null);
  for (const { name, install } of missing) log(`Skipped for want of ${name}; to run those tests: ${install}`);
  if (requireAll) log('REQUIRE_ALL=1: a skipped test is a failure.');
}
