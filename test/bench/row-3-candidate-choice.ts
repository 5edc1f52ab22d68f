import type pg from 'pg';
import { PAGE_OF_CANDIDATES } from '../../src/dispatch/candidates.store.js';
import { CourseService } from '../../src/dispatch/course.service.js';
import { isBusy } from '../../src/dispatch/domain/gates.js';
import { rank, type Ranked } from '../../src/dispatch/domain/score.js';
import { FieldService } from '../../src/dispatch/field.service.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { RequestRecords } from '../../src/requests/request-records.js';
import { createWorld, type World } from '../support/world.js';
import { onDuty } from './people.js';
import { Checks, inMs, median, timed, type Line, type Row, type RowReport, type Size } from './report.js';
import { RunningClock } from './running-clock.js';
import { bareClient, play, Recorder, type Statement } from './tape.js';

const AIM = 1.3;
const GROWTH_AIM = 3;
const SIZES = { whole: { onDuty: [1_000, 10_000, 100_000], rounds: 40 }, tiny: { onDuty: [100, 400, 1_200], rounds: 2 } } as const;
/** Rounds that are not counted: statements are prepared, plans settle after five, and the code gets warm. */
const WARM = 8;

export const candidateChoice: Row = {
  number: 3,
  title: 'choosing among the peers on duty: the service, and its query alone',
  async run(size: Size): Promise<RowReport> {
    const world = await createWorld({ clock: new RunningClock(), push: 'off' });
    try {
      const recorder = await Recorder.of(world);
      const bare = await bareClient(world.databaseUrl);
      try {
        return await measured(world, recorder, bare, SIZES[size]);
      } finally {
        await bare.end();
      }
    } finally {
      await world.close();
    }
  },
};

async function measured(
  world: World, recorder: Recorder, bare: pg.Client, { onDuty: steps, rounds }: { onDuty: readonly number[]; rounds: number },
): Promise<RowReport> {
  const programme = await world.given.programme();
  const requestId = await world.given.request({ programme, needs: { experience: ['substance-use'] } });
  const checks = new Checks();
  const lines: Line[] = [];
  const ours: number[] = [];
  let there = 0;
  for (const many of steps) {
    await onDuty(world.databaseUrl, [{ programme, count: many - there, since: world.clock.now() }]);
    there = many;
    const pair = await pairOf(world, recorder, bare, requestId, rounds, checks, Math.min(many, PAGE_OF_CANDIDATES));
    ours.push(pair.ours);
    const ratio = pair.ours / pair.limit;
    lines.push({
      what: `candidate choice, ${many.toLocaleString('en')} on duty, median`, ours: inMs(pair.ours), limit: inMs(pair.limit), ratio, aim: `≤ ${AIM}`, holds: ratio <= AIM,
    });
  }
  await nobodyIsHidden(world, requestId, checks);
  const [few = Number.NaN, most = Number.NaN] = [ours[0], ours.at(-1)];
  const [least = 0, all = 0] = [steps[0], steps.at(-1)];
  lines.push({
    what: `the same, ${all.toLocaleString('en')} ÷ ${least.toLocaleString('en')} on duty`, ours: inMs(most), limit: inMs(few), ratio: most / few,
    aim: `≤ ${GROWTH_AIM}`, holds: most / few <= GROWTH_AIM,
  });
  return { lines, checked: checks.passed };
}

/** Medians of rounds in which the service and the bare query take turns. */
async function pairOf(
  world: World, recorder: Recorder, bare: pg.Client, requestId: string, rounds: number, checks: Checks, expected: number,
): Promise<{ ours: number; limit: number }> {
  const ours: number[] = [];
  const limit: number[] = [];
  for (let round = 0; round < WARM + rounds; round += 1) {
    const { tape, result } = await recorder.during(() => world.db.withTx((tx) => choiceOf(world, tx, requestId, 'nearest')));
    const query = tape.filter(isCandidateQuery);
    if (round === 0) {
      const all = await world.db.withTx((tx) => choiceOf(world, tx, requestId, 'all'));
      checks.same(`everybody of the first page is known (${expected})`, [all.ranked.length, query.length], [expected, 3]);
      const ids = (ranked: readonly Ranked[]): string[] => ranked.map(({ candidate }) => candidate.personId);
      checks.same('whoever is read in full comes first, in the same order, by everything that is known of everybody', ids(result.ranked), ids(all.ranked).slice(0, result.ranked.length));
    }
    const alone = await timed(() => play(bare, query));
    if (round < WARM) continue;
    ours.push(result.ms);
    limit.push(alone.ms);
  }
  return { ours: median(ours), limit: median(limit) };
}

/** Who is on the page, what of them weighs, and all that is known of the few who come first. */
const isCandidateQuery = ({ text }: Statement): boolean => text.includes('AS spoke_before') || (text.includes('FROM on_duty') && text.includes(`LIMIT ${PAGE_OF_CANDIDATES}`));

/** What the engine does between having loaded a request and locking its first pick; `all` when none of the nearest can be asked. */
async function choiceOf(world: World, tx: Tx, requestId: string, whom: 'nearest' | 'all'): Promise<{ ms: number; ranked: readonly Ranked[] }> {
  const request = await world.get(RequestRecords).lock(tx, requestId);
  if (!request) throw new Error('the request is gone');
  const course = await world.get(CourseService).load(tx, request);
  const now = world.clock.now();
  const { ms, result } = await timed(async () => {
    const field = world.get(FieldService);
    const open = await field.open(tx, course, 'lead', now);
    const { weights } = course.policy.content;
    const { fitting } = whom === 'all' ? await field.all(tx, open, now) : await field.among(tx, open, await field.nearest(tx, open, weights, now), now);
    return rank(fitting.filter((candidate) => !isBusy(candidate)), open.demand, weights, now);
  });
  return { ms, ranked: result };
}

/** When nobody of the first page may be asked, the next page is read. */
async function nobodyIsHidden(world: World, requestId: string, checks: Checks): Promise<void> {
  const first = await world.db.withTx(async (tx) => {
    const rows = await tx.rows<{ personId: string }>(
      `UPDATE on_duty SET still_here_asked_at = $1, still_here_due_at = $1::timestamptz + interval '5 minutes' WHERE duty_as = 'peer' AND person_id IN (
         SELECT person_id FROM on_duty WHERE duty_as = 'peer' ORDER BY person_id LIMIT $2) RETURNING person_id`,
      [world.clock.now(), PAGE_OF_CANDIDATES],
    );
    return new Set(rows.map(({ personId }) => personId));
  });
  const { ranked } = await world.db.withTx((tx) => choiceOf(world, tx, requestId, 'all'));
  const again = ranked.filter(({ candidate }) => first.has(candidate.personId)).length;
  checks.same('a page of peers who may not be asked hides nobody behind it', [first.size, ranked.length > 0, again], [PAGE_OF_CANDIDATES, true, 0]);
}
