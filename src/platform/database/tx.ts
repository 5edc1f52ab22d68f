import { createHash } from 'node:crypto';
import type { EntityManager, QueryRunner } from 'typeorm';
import type { PoolClient, QueryResult } from 'pg';

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

/** Renames the columns of a whole answer at once: a search reads a thousand rows of two dozen columns. */
function camelRows<T>(rows: readonly Record<string, unknown>[], columns: readonly { readonly name: string }[]): T[] {
  const named = columns.map(({ name }) => name);
  const keys = named.map(camel);
  if (keys.every((key, at) => key === named[at])) return rows as T[];
  return rows.map((row) => {
    const out: Record<string, unknown> = {};
    for (let at = 0; at < keys.length; at += 1) out[keys[at] as string] = row[named[at] as string];
    return out as T;
  });
}

/**
 * One open transaction. Only `*.store.ts` and the platform call its query methods; columns come back in camelCase,
 * timestamptz as Date, bigint as string.
 */
export class Tx {
  private readonly committed: (() => void)[] = [];
  private over = false;

  constructor(
    private readonly runner: QueryRunner,
    private readonly client: PoolClient,
  ) {}

  /** For repositories of entities inside a store. */
  get manager(): EntityManager {
    return this.runner.manager;
  }

  async rows<T>(text: string, values: readonly SqlValue[] = []): Promise<T[]> {
    const result = await this.say({ name: nameOf(text), text, values });
    return camelRows<T>(result.rows, result.fields);
  }

  /** The same with a plan made for these very values: for short statements whose best plan depends on them. */
  async rowsPlannedAnew<T>(text: string, values: readonly SqlValue[] = []): Promise<T[]> {
    const result = await this.say({ text, values });
    return camelRows<T>(result.rows, result.fields);
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
    return (await this.say({ name: nameOf(text), text, values })).rowCount ?? 0;
  }

  /** Runs after COMMIT, and never after a rollback. Must not throw and must not be needed for correctness. */
  afterCommit(effect: () => void): void {
    this.committed.push(effect);
  }

  /** For `Database` alone: whatever is still said by work that ran beside what failed is refused; the connection is somebody else's by then. */
  end(): void {
    this.over = true;
  }

  /** For `Database.withTx` alone. */
  ringCommitted(): void {
    for (const effect of this.committed) effect();
  }

  /** Statements said in one tick travel together; each is answered in its turn. */
  private say({ values, ...statement }: { name?: string; text: string; values: readonly SqlValue[] }): Promise<QueryResult> {
    if (this.over) return Promise.reject(new Error('the transaction is over'));
    return this.client.query({ ...statement, values: values as unknown[] });
  }
}
