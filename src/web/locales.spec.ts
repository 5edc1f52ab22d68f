import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const WEB = import.meta.dirname;
type Catalogue = { readonly [key: string]: string | Catalogue };
const catalogue = (language: string): Catalogue => JSON.parse(readFileSync(join(WEB, 'locales', `${language}.json`), 'utf8')) as Catalogue;
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
