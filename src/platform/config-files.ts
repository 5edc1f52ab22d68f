import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ZodType } from 'zod';

/** The checkout's root: the first folder above this file that holds `package.json` and `config/`. */
export const PROJECT_ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'config'))) return folder;
    if (dirname(folder) === folder) throw new Error(`no project root above ${from}`);
  }
}

/** Reads and validates one data file of `config/`. Throws a sentence that names the file and every fault. */
export function readConfigFile<T>(name: string, shape: ZodType<T>): T {
  const parsed = shape.safeParse(JSON.parse(readFileSync(join(PROJECT_ROOT, 'config', name), 'utf8')));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`config/${name} is not valid: ${faults.join('; ')}`);
}
