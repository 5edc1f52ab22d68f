import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sourceRules, type SourceFile } from './source-rules.js';

const root = join(import.meta.dirname, '../..');

function filesUnder(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mts|mjs)$/.test(entry.name))
    .map((entry) => {
      const full = join(entry.parentPath, entry.name);
      return { path: full.slice(root.length + 1).replaceAll('\\', '/'), text: readFileSync(full, 'utf8') };
    });
}
const files = ['src', 'migrations', 'scripts', 'test'].flatMap(filesUnder);

type RuleName = keyof typeof sourceRules & string;
const judged = (rule: RuleName, path: string, text: string) => sourceRules[rule]?.({ path, text });

describe('the source keeps', () => {
  it.each(Object.entries(sourceRules))('the rule that %s', (_, rule) => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap(rule)).toEqual([]);
  });
});

const planted: readonly [RuleName, string, string][] = [
  ['filesFitTheirPage', 'src/peers/peers.service.ts', 'x\n'.repeat(301)],
  ['timeAndChanceComeByArgument', 'src/peers/peers.service.ts', 'const at = new Date();'],
  ['timeAndChanceComeByArgument', 'src/peers/peers.service.ts', 'const at = new Date;'],
  ['timeAndChanceComeByArgument', 'src/peers/peers.service.ts', 'const at = Date.now();'],
  ['timeAndChanceComeByArgument', 'src/peers/peers.service.ts', 'const read = Date.now;'],
  ['timeAndChanceComeByArgument', 'src/peers/peers.service.ts', 'const luck = Math.random();'],
  ['timeAndChanceComeByArgument', 'src/peers/peers.service.ts', "import { randomUUID } from 'node:crypto';"],
  ['timeAndChanceComeByArgument', 'src/peers/peers.service.ts', 'const id = crypto.randomUUID();'],
  ['timeAndChanceComeByArgument', 'src/dispatch/domain/step.ts', 'const at = DateTime.now();'],
  ['timeAndChanceComeByArgument', 'scripts/replay/schedule.ts', 'const at = Date.now();'],
  ['sqlStaysInStores', 'src/peers/peers.service.ts', 'tx.rows(`SELECT id\n FROM peer`);'],
  ['sqlStaysInStores', 'src/peers/peers.service.ts', "tx.run('UPDATE peer SET name = $1');"],
  ['sqlStaysInStores', 'src/peers/peers.service.ts', "tx.run('insert into peer values ($1)');"],
  ['sqlStaysInStores', 'src/peers/peers.service.ts', 'tx.run(`DELETE FROM peer WHERE id = ${id}`);'],
  ['sqlIsGivenTheTime', 'src/peers/peers.store.ts', "tx.run('UPDATE peer SET at = now()');"],
  ['sqlIsGivenTheTime', 'src/peers/peers.store.ts', "tx.run('SELECT CURRENT_TIMESTAMP FROM peer');"],
  ['sqlIsGivenTheTime', 'migrations/1-x.ts', 'runner.query(`CREATE TABLE t (at timestamptz DEFAULT now())`);'],
  ['environmentIsReadInOnePlace', 'src/peers/peers.service.ts', "const port = process.env['PORT'];"],
    ['environmentIsReadInOnePlace', 'src/peers/peers.service.ts', "const port = process['env'].PORT;"],
    ['environmentIsReadInOnePlace', 'src/peers/peers.service.ts', "import { env as e } from 'node:process';"],
    ['constructorsStaySmall', 'src/peers/peers.service.ts', 'class P { constructor(a, b, c, d, e, f, g) {} }'],
    ['noForwardReferences', 'src/peers/peers.module.ts', 'imports: [forwardRef(() => Shifts)]'],
    ['testsNeitherSleepNorMock', 'test/medium/a.spec.ts', 'await new Promise((done) => setTimeout(done, 50));'],
    ['testsNeitherSleepNorMock', 'test/medium/a.spec.ts', "jest.mock('../src/peers.js');"],
    ['testsNeitherSleepNorMock', 'test/medium/a.spec.ts', 'expect(board).toMatchSnapshot();'],
    ['journeysWaitForThePage', 'test/browser/a.spec.ts', 'expect(await page.getByText(name).count()).toBe(0);'],
    ['journeysWaitForThePage', 'test/browser/a.spec.ts', "await page.waitForFunction('document.title === name');"],
    ['modulesHoldKnownKinds', 'src/peers/helpers.ts', ''],
  ['modulesHoldKnownKinds', 'src/peers/principal.ts', ''],
    ['modulesHoldKnownKinds', 'src/peers/dispatch.module.ts', ''],
    ['modulesHoldKnownKinds', 'src/peers/utils/peers.service.ts', ''],
];

describe('each rule finds what it is for', () => {
  it.each(planted)('%s in %s: %j', (rule, path, text) => {
    expect(judged(rule, path, text)).toHaveLength(1);
  });

  it('and every rule has a planted fault', () => {
    expect(Object.keys(sourceRules).filter((rule) => !planted.some(([name]) => name === rule))).toEqual([]);
  });
});

describe('each rule leaves alone what is right', () => {
  it.each<[RuleName, string, string]>([
    ['filesFitTheirPage', 'src/peers/peers.service.ts', 'x\n'.repeat(300)],
    ['timeAndChanceComeByArgument', 'src/peers/peers.service.ts', 'const at = new Date(row.at);'],
    ['timeAndChanceComeByArgument', 'src/platform/clock.ts', 'const at = Date.now();'],
    ['timeAndChanceComeByArgument', 'scripts/replay/door.ts', 'const at = Date.now();'],
    ['sqlStaysInStores', 'src/peers/peers.store.ts', "tx.rows('SELECT id FROM peer');"],
    ['sqlStaysInStores', 'src/peers/peers.service.ts', "// SELECT id FROM peer\nthrow new Error('choose from the list');"],
    ['sqlIsGivenTheTime', 'src/peers/peers.service.ts', 'const at = this.clock.now();'],
    ['environmentIsReadInOnePlace', 'src/platform/config.ts', 'const env = process.env;'],
    ['constructorsStaySmall', 'src/peers/peers.service.ts', 'class P { constructor(a, b, c, d, e, f) {} }'],
    ['testsNeitherSleepNorMock', 'test/support/a.ts', 'setTimeout(stop, 50);'],
    ['journeysWaitForThePage', 'test/browser/a.spec.ts', 'await expectSoon(field, (each) => each.inputValue(), name);'],
    ['journeysWaitForThePage', 'test/browser/a.spec.ts', 'await page.waitForFunction((name) => document.title === name, name);'],
    ['modulesHoldKnownKinds', 'src/peers/domain/fit.spec.ts', ''],
    ['modulesHoldKnownKinds', 'src/peers/peers.module.ts', ''],
    ['modulesHoldKnownKinds', 'src/platform/http/errors.ts', ''],
  ])('%s in %s: %j', (rule, path, text) => {
    expect(judged(rule, path, text)).toEqual([]);
  });
});
