import { createHash } from 'node:crypto';
import type { EntityManager, QueryRunner } from 'typeorm';
import type { PoolClient } from 'pg';

export type SqlValue = string | number | boolean | Date | Buffer | null | undefined | readonly SqlValue[] | object;

const names = new Map<string, string>();
const camelKeys = new Map<string, string>();

/** Statements are constant texts, so each is prepared once per connection under a name made from its text. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) {
    name = `s${createHash('sha1').update(text).digest('hex').slice(0, 24)}`;
    names.set(text, name);
  }
  return name;
}

function camel(key: string): string {
  let found = camelKeys.get(key);
  if (!found) {
    found = key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    camelKeys.set(key, found);
  }
  return found;
}

function camelRow<T>(row: Record<string, unknown>): T {
  const out: Record<string, unknown> = {};
  for (const key in row) out[camel(key)] = row[key];
  return out as T;
}

/**
 * One open transaction. Only `*.store.ts` and the platform call its query methods; columns come back in camelCase,
 * timestamptz as Date, bigint as string.
 */
export class Tx {
  private readonly committed: (() => void)[] = [];

  constructor(
    private readonly runner: QueryRunner,
    private readonly client: PoolClient,
  ) {}

  /** For repositories of entities inside a store. */
  get manager(): EntityManager {
    return this.runner.manager;
  }

  async rows<T>(text: string, values: readonly SqlValue[] = []): Promise<T[]> {
    const result = await this.client.query({ name: nameOf(text), text, values: values as unknown[] });
    return result.rows.map((row: Record<string, unknown>) => camelRow<T>(row));
  }

  async maybe<T>(text: string, values: readonly SqlValue[] = []): Promise<T | null> {
    return (await this.rows<T>(text, values))[0] ?? null;
  }

  async one<T>(text: string, values: readonly SqlValue[] = []): Promise<T> {
    const row = await this.maybe<T>(text, values);
    if (!row) throw new Error(`expected a row: ${text.slice(0, 60)}`);
    return row;
  }

  /** Number of rows written. */
  async run(text: string, values: readonly SqlValue[] = []): Promise<number> {
    return (await this.client.query({ name: nameOf(text), text, values: values as unknown[] })).rowCount ?? 0;
  }

  /** Runs after COMMIT, and never after a rollback. Must not throw and must not be needed for correctness. */
  afterCommit(effect: () => void): void {
    this.committed.push(effect);
  }

  /** For `Database.withTx` alone. */
  ringCommitted(): void {
    for (const effect of this.committed) effect();
  }
}
