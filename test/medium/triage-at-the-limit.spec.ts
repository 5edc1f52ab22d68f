import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { TriageAgain } from '../../src/dispatch/triage-again.service.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

const SAFE = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' } as const;
const ROUNDS = 20;
const RACE_MS = 120_000;

let world: World;
let coordinator: Person;
beforeAll(async () => {
  world = await createWorld();
  coordinator = await world.given.coordinator();
});
afterAll(() => world.close());

const triages = (id: string): Promise<void> => world.get(TriageAgain).triage(coordinator.principal, id, { acuity: 4, safety: SAFE });
const passes = (id: string): Promise<void> => world.get(DispatchService).advance(id);
const untriaged = (): Promise<string> => world.given.request({ acuity: undefined, safety: { ...SAFE, violence: 'unknown' } });

interface Outcome {
  readonly request: { acuity: number; violence: string };
  readonly triagedBy: string[];
  readonly searches: number;
  /** Of the missed deadline: whether each alarm is still open. */
  readonly alarmsOpen: boolean[];
}
function outcomeOf(id: string): Promise<Outcome> {
  return world.db.read(async (tx) => ({
    request: await tx.one<Outcome['request']>('SELECT acuity, violence FROM crisis_request WHERE id = $1', [id]),
    triagedBy: (await tx.rows<{ kind: string }>(`SELECT actor_kind AS kind FROM event WHERE subject_id = $1 AND type = 'request.triaged' ORDER BY seq`, [id])).map(({ kind }) => kind),
    searches: (await tx.rows(`SELECT 1 FROM event WHERE subject_id = $1 AND type = 'request.search-started'`, [id])).length,
    alarmsOpen: (await tx.rows<{ open: boolean }>(`SELECT closed_at IS NULL AS open FROM alarm WHERE kind = 'triage-missed' AND subject_id = $1`, [id])).map(({ open }) => open),
  }));
}
const answered = { request: { acuity: 4, violence: 'no' }, searches: 1 };
const IN_TIME: Outcome = { ...answered, triagedBy: ['account'], alarmsOpen: [] };
const AFTER_ALL: Outcome = { ...answered, triagedBy: ['system', 'account'], alarmsOpen: [false] };

describe('the first answers', () => {
  it('a moment before three minutes are over are the triage, and no alarm is raised', async () => {
    const id = await untriaged();
    world.clock.forward({ minutes: 3, ms: -1 });
    await passes(id);
    await triages(id);
    world.clock.forward({ ms: 1 });
    await passes(id);
    expect(await outcomeOf(id)).toEqual(IN_TIME);
  });

  it('a moment later count as well: the search that began goes by them, and the alarm is over', async () => {
    const id = await untriaged();
    world.clock.forward({ minutes: 3 });
    await passes(id);
    expect(await outcomeOf(id)).toMatchObject({ request: { acuity: 2, violence: 'unknown' }, triagedBy: ['system'], searches: 1, alarmsOpen: [true] });
    await triages(id);
    expect(await outcomeOf(id)).toEqual(AFTER_ALL);
  });

  it(`at the very moment it passes are in time or late, whole, and never refused or lost, ${ROUNDS} times`, async () => {
    const ids = await Promise.all(Array.from({ length: ROUNDS }, untriaged));
    world.clock.forward({ minutes: 3 });
    await Promise.all(ids.flatMap((id, round) => (round % 2 === 0 ? [triages(id), passes(id)] : [passes(id), triages(id)])));
    const outcomes = await Promise.all(ids.map(outcomeOf));
    for (const outcome of outcomes) expect([IN_TIME, AFTER_ALL]).toContainEqual(outcome);
  }, RACE_MS);
});
