import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const WEB = import.meta.dirname;
type Catalogue = { readonly [key: string]: string | Catalogue };
const files = (language: string): string[] => readdirSync(join(WEB, 'locales', language)).toSorted();
const parts = (language: string): Catalogue[] => files(language).map((file) => JSON.parse(readFileSync(join(WEB, 'locales', language, file), 'utf8')) as Catalogue);
const catalogue = (language: string): Catalogue => Object.assign({}, ...parts(language)) as Catalogue;
const leaves = (node: Catalogue, path = ''): [string, string][] =>
  Object.entries(node).flatMap(([key, value]) => (typeof value === 'string' ? [[path + key, value] as [string, string]] : leaves(value, `${path}${key}.`)));

const en = new Map(leaves(catalogue('en')));
const es = new Map(leaves(catalogue('es')));
const PLURAL = /_(one|other|many)$/;
const sources = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.spec.ts'))
  .map((path) => ({ path, tree: ts.createSourceFile(path, readFileSync(join(WEB, path), 'utf8'), ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS) }));

function each(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => each(child, visit));
}

describe('the two languages', () => {
  it('have the same sentences', () => {
    expect([...es.keys()].toSorted()).toEqual([...en.keys()].toSorted());
    expect(en.size).toBeGreaterThan(200);
  });

  it('keep each word in one file, and load every file', () => {
    for (const language of ['en', 'es']) {
      const names = parts(language).flatMap((part) => Object.keys(part));
      expect(names).toEqual([...new Set(names)]);
      const loaded = [`${language}.ts`, `${language}-desk.ts`, `${language}-own.ts`].map((file) => readFileSync(join(WEB, 'locales', file), 'utf8')).join('');
      expect(files(language).filter((file) => !loaded.includes(`./${language}/${file}`))).toEqual([]);
    }
  });

  it('leave no sentence empty', () => {
    expect([...en, ...es].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('put the same words into each sentence', () => {
    const gaps = (text: string | undefined): string[] => [...new Set([...(text ?? '').matchAll(/{{(\w+)}}/g)].map((match) => match[1] ?? ''))].toSorted();
    // An English line of the timeline is the server's own sentence; the Spanish one is ours.
    const differing = [...en.keys()].filter((key) => !key.startsWith('event.') && String(gaps(en.get(key))) !== String(gaps(es.get(key))));
    expect(differing).toEqual([]);
  });
});

describe('the pages', () => {
  it('speak through the catalogue only', () => {
    const spoken = new Set(['label', 'title', 'placeholder', 'description', 'alt', 'aria-label', 'aria-description']);
    const hard: string[] = [];
    for (const { path, tree } of sources) {
      each(tree, (node) => {
        const text = ts.isJsxText(node) ? node.text
          : ts.isJsxAttribute(node) && spoken.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer) ? node.initializer.text
            : '';
        // "Enter" is the word on the key itself.
        if (/\p{L}{2,}/u.test(text) && text.trim() !== 'Enter') hard.push(`${path}: ${text.trim()}`);
      });
    }
    expect(hard).toEqual([]);
  });

  const loadedBy = (catalogueFile: string): string[] =>
    [...readFileSync(join(WEB, 'locales', catalogueFile), 'utf8').matchAll(/'\.\/(en\/[a-z-]+\.json)'/g)]
      .flatMap(([, file = '']) => Object.keys(JSON.parse(readFileSync(join(WEB, 'locales', file), 'utf8')) as Catalogue));
  const askedIn = (which: (path: string) => boolean): { path: string; key: string }[] =>
    sources.filter(({ path }) => which(path)).flatMap(({ path, tree }) => [...tree.text.matchAll(/\bt\(['`]([A-Za-z]+)/g)].map(([, key = '']) => ({ path, key })));

  it('of a peer ask for nothing that only a desk has loaded', () => {
    const loadedAtOnce = new Set(loadedBy('en.ts'));
    const asked = askedIn((path) => /^(peer|parts|play|sign-in|notify|live|time|shell)\/|^board\/honest-state/.test(path) && !/role-home/.test(path));
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter(({ key }) => !loadedAtOnce.has(key))).toEqual([]);
  });

  it('of a peer’s quiet ones ask for what comes with them', () => {
    const loaded = new Set([...loadedBy('en.ts'), ...loadedBy('en-own.ts')]);
    const asked = askedIn((path) => /^(own|credentials)\/|^wellness\/own-/.test(path));
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter(({ key }) => !loaded.has(key))).toEqual([]);
  });

  it('ask for sentences that exist', () => {
    const known = new Set([...en.keys()].map((key) => key.replace(PLURAL, '')));
    const branches = new Set([...en.keys()].flatMap((key) => key.split('.').slice(0, -1).map((_, index, parts) => `${parts.slice(0, index + 1).join('.')}.`)));
    const missing: string[] = [];
    const check = (path: string, node: ts.Node): void => {
      if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach((branch) => check(path, branch));
      else if (ts.isArrayLiteralExpression(node)) node.elements.forEach((element) => check(path, element));
      else if (ts.isStringLiteral(node) && !known.has(node.text)) missing.push(`${path}: ${node.text}`);
      else if (ts.isTemplateExpression(node) && ![...branches].some((branch) => node.head.text.startsWith(branch))) missing.push(`${path}: ${node.head.text}…`);
    };
    let asked = 0;
    for (const { path, tree } of sources) {
      each(tree, (node) => {
        if (ts.isCallExpression(node) && node.expression.getText() === 't' && node.arguments[0]) {
          asked += 1;
          check(path, node.arguments[0]);
        }
      });
    }
    expect(missing).toEqual([]);
    expect(asked).toBeGreaterThan(150);
  });

  it('give each sentence the words it asks for', () => {
    const asked = new Map([...en].map(([key, text]) => [key.replace(PLURAL, ''), [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1] ?? '')]));
    const lacking: string[] = [];
    for (const { path, tree } of sources) {
      each(tree, (node) => {
        if (!ts.isCallExpression(node) || node.expression.getText() !== 't' || !node.arguments[0] || !ts.isStringLiteral(node.arguments[0])) return;
        const [key, values] = node.arguments;
        const given = values === undefined ? [] : ts.isObjectLiteralExpression(values) ? values.properties.map((property) => property.name?.getText() ?? '') : null;
        const gaps = asked.get((key as ts.StringLiteral).text) ?? [];
        if (given !== null && !gaps.every((gap) => given.includes(gap))) lacking.push(`${path}: ${key?.getText()}`);
      });
    }
    expect(lacking).toEqual([]);
  });

  it('have a word for everything the server may name', () => {
    const words = (file: string, name: string): string[] => {
      const text = readFileSync(join(WEB, '..', file), 'utf8');
      const list = new RegExp(`${name}[^=]*= \\[([^\\]]*)\\]`).exec(text)?.[1] ?? '';
      return [...list.matchAll(/'([a-z0-9-]+)'/g)].map((match) => match[1] ?? '');
    };
    const wanted = [
      ...words('requests/domain/triage.ts', 'ESCALATION_CAUSES').map((code) => `cause.${code}`),
      ...words('requests/domain/request.ts', 'REQUEST_STATES').flatMap((code) => [`requestState.${code}`, `next.state-${code}`]),
      ...words('requests/domain/request.ts', 'CHANNELS').map((code) => `channel.${code}`),
      ...words('programmes/domain/contact-kind.ts', 'CONTACT_KINDS').map((code) => `contactKind.${code}`),
      ...[...readFileSync(join(WEB, '../dispatch/domain/score.ts'), 'utf8').matchAll(/term: '([a-z0-9-]+)'/g)].map((match) => `term.${match[1]}`),
    ];
    expect(wanted.length).toBeGreaterThan(30);
    expect(wanted.filter((key) => !en.has(key))).toEqual([]);
  });
});
