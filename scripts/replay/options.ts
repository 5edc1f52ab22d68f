import { parseArgs } from 'node:util';
import { DateTime } from 'luxon';

export interface ReplayOptions {
  readonly file: string;
  readonly base: string;
  readonly programme: string | null;
  /** Local dates, both included; null = no bound. */
  readonly from: string | null;
  readonly to: string | null;
  readonly limit: number | null;
  readonly peers: number;
  readonly acceptRate: number;
  readonly seed: number;
  /** How many times faster than recorded; null = such that arrivals take two minutes. */
  readonly compress: number | null;
  readonly settleMs: number;
  readonly password: string;
}

export const USAGE = `Usage: npm run replay -- FILE.csv --live --base URL
  --live             required: the records really go to the server at --base
  --base URL         where Peer Dispatch is running, for example http://127.0.0.1:3000
  --programme NAME   programme the requests go to (default: the one named in config/replay-mapping.json)
  --from, --to DATE  only records requested on these local dates, both included (2025-01-31)
  --limit N          only the first N of them
  --peers N          simulated peers on duty, 1 to 24 (default 20)
  --accept-rate R    share of offers accepted, 0 to 1 (default 0.85); half of the rest is declined, half ignored
  --seed N           repeats the same decisions (default 1)
  --compress N       gaps between records are divided by N (default: such that arrivals take 120 s)
  --settle S         seconds to wait after the last arrival while something is open (default 60)
Environment: DEMO_PASSWORD, the password of the demo accounts.`;

export class UsageError extends Error {}

const DEMO_PEERS = 24;
/** peer01 … peer20 speak English and take phone and text, which is what the records are mapped to. */
const DEFAULT_PEERS = 20;

export function readOptions(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): ReplayOptions {
  const { values, positionals } = parse(argv);
  const [file, ...more] = positionals;
  if (!file) throw new UsageError('Name the CSV file to replay.');
  if (more.length > 0) throw new UsageError(`One file at a time: ${more.join(' ')} is too much.`);
  if (!values.live) throw new UsageError('Add --live to say that the records shall really go to the server.');
  if (!env['DEMO_PASSWORD']) {
    throw new UsageError('Set DEMO_PASSWORD to the password of the demo accounts (printed at the first start).');
  }
  return {
    file,
    base: baseUrl(values.base),
    programme: values.programme ?? null,
    ...dateRange(values.from, values.to),
    limit: values.limit === undefined ? null : whole('--limit', values.limit, 1, 1_000_000),
    peers: values.peers === undefined ? DEFAULT_PEERS : whole('--peers', values.peers, 1, DEMO_PEERS),
    acceptRate: values['accept-rate'] === undefined ? 0.85 : figure('--accept-rate', values['accept-rate'], 0, 1),
    seed: values.seed === undefined ? 1 : whole('--seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
    compress: values.compress === undefined ? null : figure('--compress', values.compress, 0.01, 1e9),
    settleMs: values.settle === undefined ? 60_000 : figure('--settle', values.settle, 0, 86_400) * 1000,
    password: env['DEMO_PASSWORD'],
  };
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        live: { type: 'boolean', default: false },
        base: text, programme: text, from: text, to: text, limit: text, peers: text,
        'accept-rate': text, seed: text, compress: text, settle: text,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function baseUrl(given: string | undefined): string {
  if (!given) throw new UsageError('Name the server with --base URL.');
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new UsageError(`--base ${given} is not an http address.`);
  }
  return url.origin;
}

function dateRange(from: string | undefined, to: string | undefined): { from: string | null; to: string | null } {
  const range = { from: localDate('--from', from), to: localDate('--to', to) };
  if (range.from && range.to && range.from > range.to) throw new UsageError('--from is later than --to.');
  return range;
}

function localDate(name: string, given: string | undefined): string | null {
  if (given === undefined) return null;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given) || !DateTime.fromISO(given).isValid) {
    throw new UsageError(`${name} ${given} is not a date like 2025-01-31.`);
  }
  return given;
}

function figure(name: string, given: string, low: number, high: number): number {
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (!(value >= low && value <= high)) throw new UsageError(`${name} ${given} is not a number from ${low} to ${high}.`);
  return value;
}

function whole(name: string, given: string, low: number, high: number): number {
  const value = figure(name, given, low, high);
  if (!Number.isInteger(value)) throw new UsageError(`${name} ${given} is not a whole number.`);
  return value;
}
