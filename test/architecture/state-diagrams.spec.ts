import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { PAGES, withDiagrams } from './state-diagrams.js';

const docs = join(import.meta.dirname, '../../docs');

/** `DRAW=1` writes the pages instead of judging them. */
it.each(PAGES)('the state machines in docs/%s are those of the code', (page) => {
  const path = join(docs, page);
  const drawn = withDiagrams(page, readFileSync(path, 'utf8'));
  if (process.env['DRAW'] === '1') writeFileSync(path, drawn);
  expect(readFileSync(path, 'utf8')).toBe(drawn);
});
