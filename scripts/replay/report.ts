/** The report as lines of text. Pure; its last two lines are `lost N` and `double N`. */
import type { Findings } from './findings.js';
import { sayMs, type Spread, type Tally } from './figures.js';
import type { Ledger } from './ledger.js';
import type { BadRow } from './records.js';

interface Told {
  readonly title: string;
  readonly findings: Findings;
  readonly ledger: Ledger;
  readonly badRows: readonly BadRow[];
}

export function reportLines({ title, findings, ledger, badRows }: Told): readonly string[] {
  const { answers } = ledger;
  return [
    title,
    '',
    count('requests posted', findings.posted),
    count('answered 201', findings.taken),
    count('offered', findings.offeredRequests, `${findings.offers} offers`),
    count('accepted', findings.accepted),
    count('escalated', findings.escalated),
    count('open at the end', findings.openAtTheEnd, findings.openAtTheEnd > 0 ? 'each with a next step that is not overdue' : ''),
    `simulated people chose: ${tallyLine(answers)}`,
    '',
    `${pad('', 38)}${['p50', 'p90', 'p95', 'max', 'of'].map((head) => head.padStart(10)).join('')}`,
    spread('replayed: request → accepted', findings.waits, sayMs),
    spread('recorded: request → dispatch', findings.recordedWaits, sayMs),
    spread('offers per request', findings.offersPerRequest, String),
    'Replayed waits are real seconds of the server; recorded ones are what people wrote down.',
    'Recorded stamps that are missing or out of order are left out.',
    ...section('Defaults applied', tallyLines(ledger.defaults)),
    ...section('Unexpected answers', tallyLines(ledger.surprises)),
    ...section('Bad rows, skipped', badRows.map(({ line, why }) => `line ${line}: ${why}`)),
    ...section('Not taken in', ledger.notTaken.map(({ record, why }) => `line ${record.line}: ${why}`)),
    ...section('Lost', findings.lost.map(({ line, requestId, why }) => `line ${line}, ${requestId}: ${why}`)),
    ...section('Double', findings.double.map(({ line, requestId, why }) => `line ${line}, ${requestId}: ${why}`)),
    '',
    `lost ${findings.lost.length}`,
    `double ${findings.double.length}`,
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return ['', `${title} (${lines.length}):`, ...lines.map((line) => `  ${line}`)];
}

function count(name: string, value: number, more = ''): string {
  return `${pad(name, 20)}${String(value).padStart(7)}${more === '' ? '' : `  (${more})`}`;
}

function spread(name: string, of: Spread | null, say: (value: number) => string): string {
  if (!of) return `${pad(name, 38)}      none`;
  return `${pad(name, 38)}${[say(of.p50), say(of.p90), say(of.p95), say(of.max), String(of.count)].map((text) => text.padStart(10)).join('')}`;
}

function tallyLines(tally: Tally): readonly string[] {
  return [...tally.entries()].sort((a, b) => b[1] - a[1]).map(([name, times]) => `${String(times).padStart(6)} × ${name}`);
}

function tallyLine(tally: Tally): string {
  return tally.entries().map(([name, times]) => `${name} ${times}`).join(', ') || 'none';
}

function pad(text: string, width: number): string {
  return text.padEnd(width);
}
