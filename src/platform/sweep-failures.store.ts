import { Inject, Injectable } from '@nestjs/common';
import { Database } from './database/database.js';
import { KeyedHash } from './seal.js';
import type { FailureBook } from './sweep.js';

const BACKOFF_SECONDS = [2, 4, 8, 16, 32, 60];
/** More obligations that fail at once than anybody mends one by one. */
const MOST = 10_000;

/** What keeps failing, by a keyed hash of whose it is: the figures and the rows say which step fails and never about whom. */
@Injectable()
export class SweepFailures implements FailureBook {
  constructor(
    private readonly db: Database,
    @Inject(KeyedHash) private readonly hash: KeyedHash,
  ) {}

  keyOf(source: string, id: string): string {
    return this.hash.of(`sweep:${source}:${id}`).toString('hex');
  }

  async all(): Promise<Map<string, Map<string, Date>>> {
    const rows = await this.db.read((tx) =>
      tx.rows<{ source: string; subject: string; retryAt: Date }>('SELECT source, subject, retry_at FROM sweep_failure ORDER BY source LIMIT $1', [MOST]),
    );
    const found = new Map<string, Map<string, Date>>();
    for (const { source, subject, retryAt } of rows) found.set(source, (found.get(source) ?? new Map<string, Date>()).set(subject, retryAt));
    return found;
  }

  async count(source: string, key: string, now: Date): Promise<void> {
    await this.db.withTx((tx) =>
      tx.run(
        `INSERT INTO sweep_failure AS f (source, subject, failures, retry_at) VALUES ($1, $2, 1, $3::timestamptz + make_interval(secs => ($4::int[])[1]))
         ON CONFLICT (source, subject) DO UPDATE SET failures = f.failures + 1,
           retry_at = $3::timestamptz + make_interval(secs => ($4::int[])[LEAST(f.failures + 1, cardinality($4::int[]))])`,
        [source, key, now, BACKOFF_SECONDS],
      ),
    );
  }

  async clear(source: string, keys: readonly string[]): Promise<void> {
    await this.db.withTx((tx) => tx.run('DELETE FROM sweep_failure WHERE source = $1 AND subject = ANY($2)', [source, keys]));
  }
}
