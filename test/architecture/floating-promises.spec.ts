import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plantTree, type SourceTree } from '../support/source-tree.js';
import { floatingPromisesIn } from './floating-promises.js';

const root = join(import.meta.dirname, '../..');

const source = `async function write(): Promise<void> {}
const maybe: Promise<void> | null = write();
export async function run(items: string[]): Promise<void> {
  write();
  maybe;
  items.forEach(async () => { await write(); });
  write().then(() => undefined);
  await write();
  void write();
  write().catch(() => undefined);
  write().then(() => undefined, () => undefined);
  items.forEach(() => { items.pop(); });
  items.map((item) => item.length);
  let kept: Promise<void>;
  kept = write();
  await kept;
}
`;

describe('promises nobody waits for', () => {
  let tree: SourceTree;
  beforeAll(() => {
    tree = plantTree({
      'source.ts': source,
      'tsconfig.json': JSON.stringify({ compilerOptions: { target: 'ES2023', module: 'NodeNext', strict: true, types: [] }, files: ['source.ts'] }),
    });
  });
  afterAll(() => tree.remove());

  it('are found where planted, and only there', () => {
    expect(floatingPromisesIn(join(tree.folder, 'tsconfig.json'))).toEqual([4, 5, 6, 7].map((line) => `source.ts:${line}`));
  });

  it('are nowhere in the source', () => {
    expect(floatingPromisesIn(join(root, 'tsconfig.json'))).toEqual([]);
  }, 60_000);
});
