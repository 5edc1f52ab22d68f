import ts from 'typescript';

/** One source file under judgement; `path` is relative to the project root, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Returns a sentence for each fault, with its line. */
type SourceRule = (file: SourceFile) => string[];

const MAX_LINES = 300;
const MAX_CONSTRUCTOR_PARAMETERS = 6;

const isSpec = (path: string): boolean => /\.spec\.tsx?$/.test(path);
const isUnder = (path: string, ...folders: readonly string[]): boolean => folders.some((folder) => path.startsWith(folder));

const filesFitTheirPage: SourceRule = ({ path, text }) => {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return lines > MAX_LINES ? [`${path} has ${lines} lines; ${MAX_LINES} is the most`] : [];
};

/** Time, chance and identity come in by argument; only the platform, the page, and the replay's door ask for them. */
const timeAndChanceComeByArgument: SourceRule = (file) => {
  const judged = isUnder(file.path, 'src/', 'scripts/replay') && !isSpec(file.path);
  if (!judged || isUnder(file.path, 'src/platform/', 'src/web/', 'scripts/replay/door.ts')) return [];
  return faults(file, (node) => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()';
    if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()';
    if (ts.isPropertyAccessExpression(node) && clockReads.has(node.getText().replace(/\s/g, ''))) return node.getText();
    if (ts.isIdentifier(node) && chance.has(node.text)) return node.text;
    return null;
  });
};
const clockReads = new Set(['Date.now', 'Math.random', 'performance.now', 'DateTime.now', 'process.hrtime']);
const chance = new Set(['randomUUID', 'randomBytes', 'randomInt', 'getRandomValues']);

/** SQL lives in stores, in the platform (which owns the database, events and audit) and in migrations. */
const sqlStaysInStores: SourceRule = (file) => {
  if (!isUnder(file.path, 'src/') || isSpec(file.path)) return [];
  if (file.path.endsWith('.store.ts') || isUnder(file.path, 'src/platform/')) return [];
  return faults(file, (node) => (sqlText(node) === null ? null : 'SQL'));
};

/** SQL is given the time by the caller: the database's own clock can neither be moved by a test nor corrected. */
const sqlIsGivenTheTime: SourceRule = (file) => {
  if (!isUnder(file.path, 'src/', 'migrations/') || isSpec(file.path) || isUnder(file.path, 'src/platform/database/')) return [];
  // A migration may stamp the row it inserts once; a DEFAULT would go on telling the time.
  const asks = isUnder(file.path, 'migrations/') ? new RegExp(`DEFAULT\\s+${databaseClock.source}`, 'i') : databaseClock;
  return faults(file, (node) => (asks.test(textOf(node) ?? '') ? 'the database clock' : null));
};
const databaseClock = /\b(now\(\)|(clock|statement|transaction)_timestamp\(\)|current_(timestamp|date|time)\b)/i;

const environmentIsReadInOnePlace: SourceRule = (file) => {
  if (!isUnder(file.path, 'src/') || file.path === 'src/platform/config.ts' || isSpec(file.path)) return [];
  return faults(file, (node) => {
    const reads =
      (ts.isPropertyAccessExpression(node) && node.getText() === 'process.env') ||
      (ts.isElementAccessExpression(node) && node.expression.getText() === 'process') ||
      (ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === 'env');
    return reads ? 'process.env' : null;
  });
};

const constructorsStaySmall: SourceRule = (file) =>
  isUnder(file.path, 'src/')
    ? faults(file, (node) =>
        ts.isConstructorDeclaration(node) && node.parameters.length > MAX_CONSTRUCTOR_PARAMETERS
          ? `a constructor with ${node.parameters.length} parameters`
          : null,
      )
    : [];

/** `forwardRef` is how a cycle between modules hides from the import graph. */
const noForwardReferences: SourceRule = (file) =>
  isUnder(file.path, 'src/')
    ? faults(file, (node) => (ts.isIdentifier(node) && ['forwardRef', 'ModuleRef'].includes(node.text) ? node.text : null))
    : [];

/** Tests move the clock and wait for what they can see; they neither sleep nor replace our own code. */
const testsNeitherSleepNorMock: SourceRule = (file) => {
  if (!isSpec(file.path)) return [];
  return faults(file, (node) => {
    if (ts.isIdentifier(node) && forbiddenInSpecs.has(node.text)) return node.text;
    if (ts.isPropertyAccessExpression(node) && /^jest\.(mock|unstable_mockModule|spyOn)$/.test(node.getText())) return node.getText();
    return null;
  });
};
const forbiddenInSpecs = new Set(['setTimeout', 'toMatchSnapshot', 'toMatchInlineSnapshot', 'waitForTimeout']);

/**
 * A page changes when it hears of something: a test waits until it is so (test/browser/patience.ts), and never looks
 * only once. What it waits for is a function: the second look at a text is refused by the page's own policy (no eval).
 */
const journeysWaitForThePage: SourceRule = (file) => {
  if (!isUnder(file.path, 'test/browser/') || !isSpec(file.path)) return [];
  return faults(file, (node) => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'waitForFunction' && node.arguments[0] !== undefined && !ts.isFunctionLike(node.arguments[0])) return 'waitForFunction of a text';
    const asked = ts.isAwaitExpression(node) && ts.isCallExpression(node.expression) && ts.isPropertyAccessExpression(node.expression.expression) ? node.expression.expression.name.text : '';
    return asksOnce.has(asked) ? `await ….${asked}()` : null;
  });
};
const asksOnce = new Set([
  'count', 'isVisible', 'isHidden', 'isChecked', 'isEnabled', 'isDisabled', 'isEditable', 'textContent', 'innerText', 'innerHTML', 'inputValue', 'getAttribute', 'allInnerTexts', 'allTextContents', 'content', 'title',
]);

/** Every file of a module is of a known kind, so that a newcomer knows where to look. */
const modulesHoldKnownKinds: SourceRule = ({ path }) => {
  const [, module, rest] = /^src\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (module === undefined || rest === undefined || ['platform', 'web', 'demo'].includes(module)) return [];
  const plain = rest.replace(/\.spec\.ts$/, '.ts');
  const known =
    ['contract.ts', 'views.ts', 'entities.ts', `${module}.module.ts`].includes(plain) ||
    // A contract longer than a page is split by subject.
    /^[a-z-]+\.contract\.ts$/.test(plain) ||
    // Who is asking: every edge needs it, and it belongs to access alone.
    (module === 'access' && plain === 'principal.ts') ||
    /^domain\/[a-z0-9-]+(\.fixture)?\.ts$/.test(plain) ||
    /^[a-z0-9-]+\.(store|service|controller|query|jobs|entity|guard)\.ts$/.test(plain) ||
    // What a service asks before it decides, and a store's face towards other modules.
    /^[a-z0-9-]+-(rules|records)\.ts$/.test(plain);
  return known ? [] : [`${path} is of no kind a module may hold`];
};

export const sourceRules: Readonly<Record<string, SourceRule>> = {
  filesFitTheirPage,
  timeAndChanceComeByArgument,
  sqlStaysInStores,
  sqlIsGivenTheTime,
  environmentIsReadInOnePlace,
  constructorsStaySmall,
  noForwardReferences,
  testsNeitherSleepNorMock,
  journeysWaitForThePage,
  modulesHoldKnownKinds,
};

function faults(file: SourceFile, judge: (node: ts.Node) => string | null): string[] {
  const kind = file.path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true, kind);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const fault = judge(node);
    if (fault !== null) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push(`${file.path}:${line} ${fault}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The text of a string or template literal; comments are not literals, so prose about SQL is free. */
function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.getText();
  return null;
}

function sqlText(node: ts.Node): string | null {
  const text = textOf(node);
  return text !== null && statement.test(text) ? text : null;
}
// Keywords in capitals, as the house writes them, or any case at the start of the text.
const statement =
  /\b(SELECT\b[\s\S]*\bFROM\b|INSERT\s+INTO\b|UPDATE\s+\S+\s+SET\b|DELETE\s+FROM\b|FOR\s+UPDATE\b|(CREATE|ALTER|DROP|TRUNCATE)\s+TABLE\b)|^\s*(select\s[\s\S]*\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s)/;
