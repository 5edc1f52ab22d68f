import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { backOffMs, gatherMs } from './pace.js';

describe('an open page', () => {
  it('comes back soon after one failure, and ever more slowly, never later than 40 s', () => {
    expect([1, 2, 3].map((failures) => backOffMs(failures, 0.5))).toEqual([2_000, 4_000, 8_000]);
    expect(backOffMs(50, 0.999)).toBeLessThan(40_000);
  });

  it('does not come back in the same moment as all others', () => {
    expect(backOffMs(3, 0)).toBe(6_000);
    expect(backOffMs(3, 0.999)).toBeGreaterThan(9_900);
  });

  it('asks at once after a quick answer, and leaves a slow server as long again as it took', () => {
    expect(gatherMs(20)).toBe(150);
    expect(gatherMs(900)).toBe(900);
    expect(gatherMs(60_000)).toBe(3_000);
  });

  it('never asks on and on: the server says when something has changed', () => {
    const web = join(import.meta.dirname, '..');
    const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.spec.ts'));
    expect(files.length).toBeGreaterThan(50);
    const polling = files.filter((file) => /refetchInterval/.test(readFileSync(join(web, file), 'utf8')));
    expect(polling).toEqual([]);
  });
});
