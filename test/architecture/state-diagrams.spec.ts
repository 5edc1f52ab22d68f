import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { withDiagrams } from './state-diagrams.js';

const page = join(import.meta.dirname, '../../docs/engine.md');

/** `DRAW=1` writes the page instead of judging it. */
it('the state machines in docs/engine.md are those of the code', () => {
  const drawn = withDiagrams(readFileSync(page, 'utf8'));
  if (process.env['DRAW'] === '1') writeFileSync(page, drawn);
  expect(readFileSync(page, 'utf8')).toBe(drawn);
});
