import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { HEAD, tableRow, type Row, type Size } from './report.js';
import { lifeCycles } from './row-1-life-cycles.js';
import { firstOffer } from './row-2-first-offer.js';
import { candidateChoice } from './row-3-candidate-choice.js';
import { surge } from './row-4-surge.js';
import { streams } from './row-5-streams.js';

export const ROWS: readonly Row[] = [lifeCycles, firstOffer, candidateChoice, surge, streams];

const USAGE = 'npm run bench -- [--row N] [--tiny]';

/** Prints each row as it is measured, then all as one table. Returns the exit code: 1 when a row's own checks failed. */
export async function bench(argv: readonly string[], print: (line: string) => void): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { row: { type: 'string', multiple: true }, tiny: { type: 'boolean', default: false } } });
  const rows = values.row ? ROWS.filter(({ number }) => values.row?.includes(String(number))) : ROWS;
  if (rows.length === 0) throw new Error(`there is no such row; ${USAGE}`);
  const size: Size = values.tiny ? 'tiny' : 'whole';
  print(`Node ${process.versions.node}, ${availableParallelism()} cores, ${size === 'tiny' ? 'tiny: the figures mean nothing' : 'each row some seconds to minutes'}`);
  const table: string[] = [];
  let failed = false;
  for (const row of rows) failed = !(await measure(row, size, table, print)) || failed;
  print(['', ...HEAD, ...table].join('\n'));
  return failed ? 1 : 0;
}

async function measure(row: Row, size: Size, table: string[], print: (line: string) => void): Promise<boolean> {
  print(`\nRow ${row.number}: ${row.title} (load before: ${loadavg()[0]?.toFixed(1)})`);
  try {
    const { lines, checked } = await row.run(size);
    for (const sentence of checked) print(`  checked: ${sentence}`);
    for (const line of lines) table.push(tableRow(row.number, line));
    for (const line of lines) print(`  ${line.what}: ${line.ours} ÷ ${line.limit} = ${line.ratio.toFixed(2)} (aim ${line.aim}: ${line.holds ? 'holds' : 'missed'})`);
    return true;
  } catch (error) {
    print(`  no figure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return false;
  }
}
