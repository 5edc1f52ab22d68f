#!/usr/bin/env node
// Checks the arrows between modules. dependency-cruiser's own command refuses Node 20; its library does not.
// Usage: node scripts/arrows.mjs [FOLDER holding src/] [--json]
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [folder = root] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const asJson = process.argv.includes('--json');
const { forbidden, options } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs'));

const { output, exitCode } = await cruise(['src'], {
  ...options,
  baseDir: resolve(folder),
  validate: true,
  ruleSet: { forbidden },
  outputType: asJson ? 'json' : 'err-long',
});
process.stdout.write(output);
// The reporter's exit code counts errors in the text form only; in the JSON form the reader looks for itself.
process.exitCode = exitCode > 0 ? 1 : 0;
