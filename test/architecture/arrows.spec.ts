import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plantTree, type SourceTree } from '../support/source-tree.js';

const root = join(import.meta.dirname, '../..');

interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/** Each plant breaks exactly the rule it is named for. */
const plants: readonly Violation[] = [
  { rule: 'no-cycle', from: 'src/peers/circle-a.ts', to: 'src/peers/circle-b.ts' },
  { rule: 'no-unresolved-import', from: 'src/peers/lost.ts', to: './nowhere.js' },
  { rule: 'production-dependencies-only', from: 'src/peers/tooling.ts', to: 'fast-check' },
  { rule: 'arrows-of-platform', from: 'src/platform/upward.ts', to: 'src/access/access.service.ts' },
  { rule: 'arrows-of-access', from: 'src/access/upward.ts', to: 'src/notify/notify.service.ts' },
  { rule: 'arrows-of-programmes', from: 'src/programmes/upward.ts', to: 'src/peers/peers.service.ts' },
  { rule: 'arrows-of-requests', from: 'src/requests/upward.ts', to: 'src/dispatch/dispatch.service.ts' },
  { rule: 'arrows-of-encounters', from: 'src/encounters/sideways.ts', to: 'src/peers/peers.service.ts' },
  { rule: 'arrows-of-peers', from: 'src/peers/root.ts', to: 'src/app.ts' },
  { rule: 'known-module', from: 'src/newcomer/newcomer.service.ts', to: 'src/platform/clock.ts' },
  { rule: 'no-foreign-store', from: 'src/dispatch/theft.service.ts', to: 'src/requests/requests.store.ts' },
  { rule: 'no-store-at-the-root', from: 'src/app.ts', to: 'src/requests/requests.store.ts' },
  { rule: 'pure-domain', from: 'src/dispatch/domain/impure.ts', to: 'src/dispatch/dispatch.service.ts' },
  { rule: 'pure-domain-platform-types', from: 'src/dispatch/domain/clocked.ts', to: 'src/platform/clock.ts' },
  { rule: 'pure-domain-packages', from: 'src/dispatch/domain/nest.ts', to: '@nestjs/common' },
  { rule: 'pure-domain-packages', from: 'src/dispatch/domain/sql.ts', to: 'pg' },
  { rule: 'pure-domain-packages', from: 'src/dispatch/domain/orm.ts', to: 'typeorm' },
  { rule: 'pure-domain-packages', from: 'src/dispatch/domain/builtin.ts', to: 'node:crypto' },
  { rule: 'pure-domain-packages', from: 'src/platform/time.ts', to: '@nestjs/common' },
  { rule: 'web-imports-contracts-only', from: 'src/web/service.tsx', to: 'src/dispatch/dispatch.service.ts' },
  { rule: 'web-imports-types-only', from: 'src/web/value.tsx', to: 'src/dispatch/contract.ts' },
  { rule: 'server-does-not-import-web', from: 'src/dispatch/paint.ts', to: 'src/web/page.tsx' },
  { rule: 'nobody-imports-live-or-demo', from: 'src/dispatch/stream.ts', to: 'src/live/live.service.ts' },
  { rule: 'nobody-imports-live-or-demo', from: 'src/requests/seeded.ts', to: 'src/demo/seed.ts' },
  { rule: 'source-does-not-import-tests', from: 'src/dispatch/tested.ts', to: 'src/dispatch/domain/rule.spec.ts' },
];

/** What the architecture allows: none of it may be called a violation. */
const sound: Readonly<Record<string, string>> = {
  'src/platform/errors.ts': 'export class DomainError {}',
  'src/platform/clock.ts': 'export class Clock {}',
  'src/access/access.service.ts': "import { Clock } from '../platform/clock.js';\nexport const access = Clock;",
  'src/notify/notify.service.ts': "import { access } from '../access/access.service.js';\nexport const notify = access;",
  'src/peers/peers.service.ts': "import { access } from '../access/access.service.js';\nexport const peers = access;",
  'src/requests/requests.store.ts': "import { Pool } from 'pg';\nexport const store = Pool;",
  'src/requests/requests.service.ts': "import { store } from './requests.store.js';\nexport const requests = store;",
  'src/dispatch/contract.ts': 'export class Offer {}',
  'src/dispatch/domain/rule.ts':
    "import type { Clock } from '../../platform/clock.js';\nimport { DomainError } from '../../platform/errors.js';\nimport { DateTime } from 'luxon';\nexport const rule = (c: Clock) => [c, DateTime, DomainError];",
  'src/dispatch/domain/rule.spec.ts': "import { rule } from './rule.js';\nimport 'fast-check';\nexport const spec = rule;",
  'src/dispatch/dispatch.service.ts':
    "import { requests } from '../requests/requests.service.js';\nimport { rule } from './domain/rule.js';\nexport const dispatch = [requests, rule];",
  'src/live/live.service.ts': "import { access } from '../access/access.service.js';\nexport const live = access;",
  'src/demo/seed.ts': "import { dispatch } from '../dispatch/dispatch.service.js';\nexport const seed = dispatch;",
  'src/web/page.tsx':
    "import type { Offer } from '../dispatch/contract.js';\nimport { type Offer as Shown } from '../dispatch/contract.js';\nexport const page = (o: Offer): Shown => o;",
  'src/main.ts': "import { seed } from './demo/seed.js';\nimport { live } from './live/live.service.js';\nexport const main = [seed, live];",
};

describe('the arrows between modules', () => {
  let tree: SourceTree;
  let found: readonly Violation[];

  beforeAll(() => {
    tree = plantTree({ ...sound, ...Object.fromEntries(plants.map(planted)), ...circle, 'package.json': packageJson });
    symlinkSync(join(root, 'node_modules'), join(tree.folder, 'node_modules'));
    found = violationsIn(tree.folder);
  });
  afterAll(() => tree.remove());

  it.each(plants)('finds a planted violation of $rule in $from', (plant) => {
    expect(found).toContainEqual(expect.objectContaining({ rule: plant.rule, from: plant.from }));
  });

  it('has a plant for every rule but the arrows, which are one rule repeated', () => {
    const rules = namedRules();
    expect(rules).toContain('no-cycle');
    expect(rules.filter((rule) => !plants.some((plant) => plant.rule === rule))).toEqual([]);
  });

  it('lets pass what the architecture allows', () => {
    const plantedFiles = new Set([...plants.map((plant) => plant.from), ...Object.keys(circle)]);
    expect(found.filter((violation) => !plantedFiles.has(violation.from))).toEqual([]);
  });
});

const packageJson = readFileSync(join(root, 'package.json'), 'utf8');
const circle = {
  'src/peers/circle-a.ts': "import { b } from './circle-b.js';\nexport const a: unknown = () => b;",
  'src/peers/circle-b.ts': "import { a } from './circle-a.js';\nexport const b: unknown = () => a;",
};

function planted({ from, to }: Violation): [string, string] {
  const upToSource = '../'.repeat(from.split('/').length - 2);
  const specifier = to.startsWith('src/') ? `./${upToSource}${to.slice('src/'.length).replace(/\.tsx?$/, '.js')}` : to;
  return [from, `import * as planted from '${specifier}';\nexport const use = planted;\n`];
}

function violationsIn(folder: string): Violation[] {
  const script = join(root, 'scripts/arrows.mjs');
  const output = execFileSync(process.execPath, [script, folder, '--json'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const { summary } = JSON.parse(output) as {
    summary: { violations: { from: string; to: string; rule: { name: string } }[] };
  };
  return summary.violations.map(({ from, to, rule }) => ({ rule: rule.name, from, to }));
}

/** The arrows themselves are named by template, so they are not among these. */
function namedRules(): string[] {
  const config = readFileSync(join(root, '.dependency-cruiser.cjs'), 'utf8');
  return [...config.matchAll(/name: '([^']+)'/g)].map(([, name]) => name ?? '');
}
