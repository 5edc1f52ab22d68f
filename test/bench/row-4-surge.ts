import { readConfigFile } from '../../src/platform/config-files.js';
import { z } from 'zod';
import { DISPATCH_POLICY } from '../../src/programmes/policy-shape-rules.js';
import { Checks, quantile, sum, type Line, type Row, type RowReport, type Size } from './report.js';
import { engineThroughASurge } from './surge/engine.js';
import { asks, chanceFrom, peers, type Ask } from './surge/crowd.js';
import type { Floor, Match } from './surge/floor.js';
import { batched, engine } from './surge/policies.js';

const AIM = 1.03;
const OVER_S = 60;
const SIZES = {
  whole: { asks: 10_000, peers: 2_000, windows: [5, 30], engine: { requests: 200, peers: 50 } },
  tiny: { asks: 200, peers: 40, windows: [10], engine: { requests: 6, peers: 3 } },
} as const;
const START = new Date(Date.UTC(2026, 2, 2, 18));
const ALL_DAY = new Date(START.getTime() + 12 * 3_600_000);

/**
 * The decisions are production code (gates, score, ladder, pre-emption), the people and the clock are simulated. A smaller
 * surge goes through the whole engine and its database.
 */
export const surge: Row = {
  number: 4,
  title: 'a surge: what matches cost as the engine pairs people in rounds, and when longer batches are assigned at minimum cost',
  async run(size: Size): Promise<RowReport> {
    const sizes = SIZES[size];
    const policy = readConfigFile('policies.json', z.object({ dispatch: DISPATCH_POLICY })).dispatch;
    const crowd = asks(sizes.asks, OVER_S, chanceFrom(1));
    const onDuty = () => peers(sizes.peers, chanceFrom(2), ALL_DAY);
    const checks = new Checks();
    const ours = engine(policy, onDuty(), crowd);
    judge(checks, 'rounds with pre-emption', ours, crowd);
    const lines: Line[] = [];
    for (const windowS of sizes.windows) {
      const batches = batched(windowS, policy, onDuty(), crowd);
      judge(checks, `batches of ${windowS} s`, batches, crowd);
      // While the surge comes in there are free peers to choose among; afterwards each who comes free has somebody waiting.
      lines.push(lineOf(`matches while peers are free, batches of ${windowS} s`, firstOf(ours, sizes.peers), firstOf(batches, sizes.peers)));
      lines.push(lineOf(`all ${sizes.asks.toLocaleString('en')} matches, batches of ${windowS} s`, ours.matches, batches.matches));
    }
    await engineThroughASurge(sizes.engine, checks);
    return { lines, checked: checks.passed };
  },
};

function judge(checks: Checks, who: string, floor: Floor, crowd: readonly Ask[]): void {
  const served = new Set(floor.searches.filter(({ lead }) => lead !== null).map(({ ask }) => ask.number)).size;
  checks.same(`${who}: 0 lost, 0 double`, { served, matches: floor.matches.length, doubles: floor.doubles }, { served: crowd.length, matches: crowd.length, doubles: 0 });
}

function firstOf({ matches }: Floor, count: number): Match[] {
  return [...matches].sort((a, b) => a.foundAtS - b.foundAtS).slice(0, count);
}

function lineOf(what: string, ours: readonly Match[], theirs: readonly Match[]): Line {
  const ratio = costOf(ours) / costOf(theirs);
  return { what, ours: said(ours), limit: said(theirs), ratio, aim: `≤ ${AIM}`, holds: ratio <= AIM };
}

const costOf = (matches: readonly Match[]): number => sum(matches.map(({ minutes }) => minutes)) / matches.length;

/** Minutes of cost a match, and how long the urgent ones and all of them waited. */
function said(matches: readonly Match[]): string {
  const urgent = matches.filter(({ acuity }) => acuity <= 2);
  const waits = (of: readonly Match[]) => (sum(of.map(({ waitedS }) => waitedS)) / Math.max(1, of.length) / 60).toFixed(1);
  const longest = (quantile(matches.map(({ waitedS }) => waitedS), 0.95) / 60).toFixed(0);
  return `${costOf(matches).toFixed(2)} min (wait: urgent ${waits(urgent)}, all ${waits(matches)}, p95 ${longest} min)`;
}
