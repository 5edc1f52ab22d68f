import { createPostgresBackend, Queue, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Config } from './config.js';
import { roleOption } from './database/data-source.js';
import { QUEUE_SCHEMA } from './database/migrate.js';
import type { Tx } from './database/tx.js';

/** Every job there is, with its priority: 1 runs first. A job without one would jump a prioritised queue. */
const JOBS = { advance: 10, supply: 20 } as const;
export type JobName = keyof typeof JOBS;
export const JOB_NAMES = Object.keys(JOBS) as JobName[];

type Handler = (id: string) => Promise<void>;

const WAKE_TIMEOUT_MS = 1_000;
const CONCURRENCY = 6;
const QUEUE_NAME = 'dispatch';
/** BullMQ's own default pools would take most of Postgres' connections (architecture §1). */
const POSTGRES_POOL = 2;

interface Wake {
  readonly id: string;
}

/**
 * The alarm clock. Rows with due times are the truth; a job only makes them be looked at sooner. Waking is best
 * effort: it is counted, never thrown, and losing every job costs seconds, never work.
 */
export class Queues {
  private readonly handlers = new Map<JobName, Handler>();
  private queue: Queue | null = null;
  private worker: Worker | null = null;
  private readonly redis: Redis[] = [];
  private readonly ringing = new Set<Promise<void>>();
  private readonly running = new Set<Promise<void>>();
  private failing = false;
  /** Wakes that did not reach the queue since the process started. */
  lostWakes = 0;

  constructor(private readonly config: Pick<Config, 'databaseUrl' | 'redisUrl'>) {}

  /** Each job name has exactly one handler; a second one is a fault of ours. */
  handle(job: JobName, handler: Handler): void {
    if (this.handlers.has(job)) throw new Error(`the job ${job} has two handlers`);
    this.handlers.set(job, handler);
  }

  /** After this transaction commits, have `job` look at `id` in `delayMs`. */
  wake(tx: Tx, job: JobName, id: string, delayMs = 0): void {
    tx.afterCommit(() => {
      const ringing = this.ring(job, id, delayMs).finally(() => this.ringing.delete(ringing));
      this.ringing.add(ringing);
    });
  }

  /** Resolves when every wake so far has reached the queue or was given up. */
  async settled(): Promise<void> {
    await Promise.all(this.ringing);
  }

  /** Opens the queue; with `withWorker` this process also runs its jobs. Throws when a job has no handler. */
  start(withWorker: boolean): void {
    const missing = JOB_NAMES.filter((job) => !this.handlers.has(job));
    if (missing.length > 0) throw new Error(`no handler for the jobs ${missing.join(', ')}`);
    this.queue = this.open((connection, backend) =>
      new Queue(QUEUE_NAME, { connection, defaultJobOptions: { removeOnComplete: true, removeOnFail: true } } as never, backend as never),
    );
    this.queue.on('error', () => this.failed());
    if (!withWorker) return;
    this.worker = this.open((connection, backend) =>
      new Worker(QUEUE_NAME, (job: Job<Wake>) => this.run(job), { connection, concurrency: CONCURRENCY } as never, backend as never),
    );
    this.worker.on('error', () => this.failed());
    this.worker.on('ready', () => this.recovered());
  }

  /** The board shows it and dispatch goes on by the sweep alone. */
  get degraded(): boolean {
    return this.failing;
  }

  /** Lets the running jobs finish, then closes worker before queue. */
  async close(): Promise<void> {
    // A Redis that is away would never answer the farewell, and BullMQ would wait for it.
    const away = this.redis.some(({ status }) => status !== 'ready');
    await this.worker?.close(away);
    await Promise.allSettled(this.running);
    await this.settled();
    await this.queue?.close();
    for (const connection of this.redis) connection.disconnect();
    this.worker = null;
    this.queue = null;
  }

  private open<T>(make: (connection: unknown, backend: unknown) => T): T {
    if (this.config.redisUrl) {
      const connection = new Redis(this.config.redisUrl, { maxRetriesPerRequest: null });
      connection.on('error', () => this.failed());
      this.redis.push(connection);
      return make(connection, undefined);
    }
    const connection = {
      connectionString: this.config.databaseUrl, schema: QUEUE_SCHEMA, migrate: false, max: POSTGRES_POOL, options: roleOption('pd_queue'),
    } satisfies pg.PoolConfig & { schema: string; migrate: boolean };
    return make(connection, createPostgresBackend);
  }

  private async run(job: Job<Wake>): Promise<void> {
    const handler = this.handlers.get(job.name as JobName);
    if (!handler) throw new Error(`no handler for the job ${job.name}`);
    const running = handler(job.data.id).finally(() => this.running.delete(running));
    this.running.add(running);
    await running;
    this.recovered();
  }

  private async ring(job: JobName, id: string, delayMs: number): Promise<void> {
    if (!this.queue) return;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the queue did not answer')), WAKE_TIMEOUT_MS);
    });
    try {
      // No job id and no deduplication: a superfluous wake is harmless, a swallowed one costs two seconds.
      await Promise.race([this.queue.add(job, { id } satisfies Wake, { delay: delayMs, priority: JOBS[job] }), timeout]);
      this.recovered();
    } catch {
      this.lostWakes += 1;
      this.failed();
    } finally {
      clearTimeout(timer);
    }
  }

  private failed(): void {
    this.failing = true;
  }

  private recovered(): void {
    this.failing = false;
  }
}
