import pg from 'pg';
import { AuditorService } from '../../../src/dispatch/auditor.service.js';
import { isWell } from '../../../src/dispatch/domain/audit.js';
import { DispatchService } from '../../../src/dispatch/dispatch.service.js';
import { MovableClock } from '../movable-clock.js';
import { createWorld, type World } from '../world.js';
import { hire, type Crew } from './crew.js';
import { besideHalfAsked } from './half-asked-promises.js';
import { lookAtMatch } from './match-promises.js';
import { PolicyShelf, type Standing } from './policy-shelf.js';
import { brokenPromises, overdue } from './promises.js';
import { readRecords, type Records } from './records.js';
import { forbiddenChanges } from './steps.js';

/** What people are and belong to; all else is what happened, and is forgotten before the next run. */
const STAYS = [
  'migration', 'deployment', 'person', 'account', 'session', 'api_key', 'programme', 'programme_member', 'on_call_entry', 'clinician_on_call', 'area', 'catalogue_item',
  'policy_version', 'peer_profile', 'peer_trait',
  'supervision_due', 'peer_credential', 'supervisor_relation',
];
/** A round has only so much time, and a busy machine may take it; the workers come back every two seconds, too. */
const SWEEPS = 3;
const VACUUM_EVERY = 100;

/** One application for many runs; each begins with the same people, no past, and the same time. */
export class Stage {
  private runs = 0;

  private constructor(
    readonly world: World,
    readonly clock: MovableClock,
    readonly crew: Crew,
    private readonly cleaner: pg.Client,
    private readonly forget: string,
    private readonly policies: PolicyShelf,
  ) {}

  static async open(): Promise<Stage> {
    const clock = new MovableClock();
    const world = await createWorld({ clock, push: 'off' });
    const crew = await hire(world);
    const cleaner = new pg.Client({ connectionString: world.databaseUrl });
    await cleaner.connect();
    const { rows } = await cleaner.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL($1)`, [STAYS]);
    // Everything goes at once, so no row is missed; and rows are quicker to delete than tables to truncate.
    await cleaner.query('SET session_replication_role = replica');
    return new Stage(world, clock, crew, cleaner, rows.map(({ name }) => `DELETE FROM ${name}`).join('; '), await PolicyShelf.open(cleaner, crew));
  }

  /** Ann, Ben and Eva are on duty. `standing`: how the programme most requests come to stands by its relapse policy. */
  async begin(standing: Standing = 'in-force'): Promise<void> {
    await this.cleaner.query(this.forget);
    this.runs += 1;
    // Nobody else does it: the test cluster has no autovacuum.
    if (this.runs % VACUUM_EVERY === 0) await this.cleaner.query('VACUUM');
    this.clock.startOver();
    await this.policies.startOver(this.clock.now(), standing);
    await this.beginShift();
  }

  /** Of those who are not away, and not at work yet. */
  async beginShift(): Promise<void> {
    const { aways, duties } = await this.read();
    const absent = new Set([...aways, ...duties].map(({ personId }) => personId));
    for (const peer of this.crew.peers.slice(0, 3)) {
      if (absent.has(peer.personId)) continue;
      await this.world.given.checkedIn(peer, { takes: peer.takes, programmes: this.crew.programmes, capacity: peer.name === 'Eva' ? 2 : 1 });
    }
  }

  read(): Promise<Records> {
    return readRecords(this.world, this.clock.now());
  }

  /** Throws with every promise that is broken after a step. `settled`: everything that was due is done by now. */
  async judge(before: Records, settled: boolean): Promise<Records> {
    const after = await this.read();
    const faults = [...brokenPromises(after, this.crew), ...forbiddenChanges(before, after, this.crew), ...(settled ? [...(await this.late(after)), ...(await besideHalfAsked(this.world, after)), ...(await lookAtMatch(this.world, this.crew, after))] : [])];
    if (faults.length > 0) throw new Error(this.named(faults.join('\n'), after));
    return after;
  }

  /** What the workers do in a few seconds. */
  async sweep(): Promise<void> {
    for (let sweeps = 1; ; sweeps += 1) {
      await this.world.sweep();
      if (sweeps === SWEEPS || overdue(await this.read()).length === 0) return;
    }
  }

  /** Of all runs: they are tried again and nobody sees them, but the order of the locks is there so that there are none. */
  async deadlocks(): Promise<number> {
    const { rows } = await this.cleaner.query<{ found: number }>('SELECT deadlocks::int AS found FROM pg_stat_database WHERE datname = current_database()');
    return rows[0]?.found ?? Number.NaN;
  }

  async close(): Promise<void> {
    await this.cleaner.end();
    await this.world.close();
  }

  private async late(records: Records): Promise<string[]> {
    const findings = await this.world.get(AuditorService).look(this.clock.now());
    const failing = records.requests.filter(({ failures }) => failures > 0);
    const errors = await Promise.all(failing.map(({ id }) => this.world.get(DispatchService).advance(id).then(() => `${id} advances now`, String)));
    return [...overdue(records), ...(isWell(findings) ? [] : [`the auditor finds ${JSON.stringify(findings)}`]), ...errors];
  }

  /** Names for ids, as the commands have them. */
  private named(text: string, { requests }: Records): string {
    let out = text;
    requests.forEach(({ id }, index) => (out = out.replaceAll(id, `request ${index}`)));
    for (const { personId, name } of this.crew.peers) out = out.replaceAll(personId, name);
    return out;
  }
}
