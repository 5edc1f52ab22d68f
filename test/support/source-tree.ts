import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface SourceTree {
  readonly folder: string;
  remove(): void;
}

/** A scratch folder holding these files, for checks that must be seen to fail on a planted fault. */
export function plantTree(files: Readonly<Record<string, string>>): SourceTree {
  const folder = mkdtempSync(join(tmpdir(), 'peer-dispatch-tree-'));
  for (const [path, text] of Object.entries(files)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
