import { Injectable } from '@nestjs/common';
import { MIGRATIONS } from '../../../migrations/index.js';
import { Database } from '../database/database.js';
import { inTime } from '../in-time.js';
import { Queues } from '../queues.js';
import { HealthStore } from './health.store.js';

type DependencyStatus = 'ok' | 'degraded' | 'missing' | 'unreachable' | 'unknown';

export interface Readiness {
  readonly status: 'ready' | 'draining' | 'not-ready';
  readonly dependencies: { readonly postgres: DependencyStatus; readonly migrations: DependencyStatus; readonly queue: DependencyStatus };
  /** What works less well than it should, while this process still serves. */
  readonly degraded: readonly string[];
}

const ANSWER_WITHIN_MS = 2_000;

/** Whether this process can serve, and what is not as it should be. */
@Injectable()
export class Health {
  /** Set when the process has been told to stop. */
  draining = false;
  private readonly probes = new Map<string, () => boolean>();

  constructor(
    private readonly db: Database,
    private readonly store: HealthStore,
    private readonly queues: Queues,
  ) {}

  /** `probe` answers true while the part called `name` is degraded. */
  register(name: string, probe: () => boolean): void {
    if (this.probes.has(name)) throw new Error(`two probes are called ${name}`);
    this.probes.set(name, probe);
  }

  get degraded(): string[] {
    return [...this.probes].filter(([, probe]) => probe()).map(([name]) => name);
  }

  async readiness(): Promise<Readiness> {
    const applied = await this.appliedMigrations();
    const dependencies = {
      postgres: applied ? 'ok' : 'unreachable',
      migrations: applied ? migrationStatus(applied) : 'unknown',
      queue: this.queues.degraded ? 'degraded' : 'ok',
    } as const;
    const able = dependencies.postgres === 'ok' && dependencies.migrations === 'ok';
    const degraded = this.queues.degraded ? ['queue', ...this.degraded] : this.degraded;
    return { status: this.draining ? 'draining' : able ? 'ready' : 'not-ready', dependencies, degraded };
  }

  /** null when Postgres does not answer in time. */
  private async appliedMigrations(): Promise<readonly string[] | null> {
    const asked = this.db.read((tx) => this.store.appliedMigrations(tx)).catch((error: unknown) => (isMissingTable(error) ? [] : null));
    return inTime(asked, ANSWER_WITHIN_MS, null);
  }
}

function migrationStatus(applied: readonly string[]): DependencyStatus {
  return MIGRATIONS.every((migration) => applied.includes(migration.name)) ? 'ok' : 'missing';
}

function isMissingTable(error: unknown): boolean {
  return (error as { code?: string } | null)?.code === '42P01';
}
