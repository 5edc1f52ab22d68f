import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const WITHIN_MS = 60_000;

interface FirstAdminRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Null when none was printed. */
  readonly link: string | null;
}

/** What `npm run first-admin` runs, without npm, in an environment that holds nothing by chance. */
export async function runFirstAdmin(env: Readonly<Record<string, string>>, ...args: string[]): Promise<FirstAdminRun> {
  const { PATH = '', HOME = '' } = process.env;
  const ran = promisify(execFile)(process.execPath, ['scripts/first-admin.mjs', ...args], { cwd: root, env: { PATH, HOME, ...env }, timeout: WITHIN_MS });
  const { code, stdout, stderr } = await ran.then(
    (done) => ({ code: 0, ...done }),
    (failed: { code: number | null; stdout: string; stderr: string }) => ({ code: failed.code ?? -1, stdout: failed.stdout, stderr: failed.stderr }),
  );
  return { code, stdout, stderr, link: /^https?:\/\/\S+\/welcome#[\w-]+$/m.exec(stdout)?.[0] ?? null };
}
