import { createPostgresBackend, Queue, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Config } from './config.js';
import { ANSWERS_IN_TIME, CONNECT_TIMEOUT_MS } from './database/connecting.js';
import { roleOption } from './database/data-source.js';
import { QUEUE_SCHEMA } from './database/migrate.js';
import type { Tx } from './database/tx.js';

const QUEUE_NAMES = ['dispatch', 'notify'] as const;
type QueueName = (typeof QUEUE_NAMES)[number];

/**
 * Every job there is, with its queue and its priority there: 1 runs first. A job without one would jump a prioritised
 * queue. Telling people waits for other people's servers, so it has a queue of its own.
 */
const JOBS = {
  advance: { queue: 'dispatch', priority: 10 },
  round: { queue: 'dispatch', priority: 5 },
  supply: { queue: 'dispatch', priority: 20 },
  notify: { queue: 'notify', priority: 10 },
} as const satisfies Record<string, { queue: QueueName; priority: number }>;
type JobName = keyof typeof JOBS;
const JOB_NAMES = Object.keys(JOBS) as JobName[];

type Handler = (id: string) => Promise<void>;

const WAKE_TIMEOUT_MS = 1_000;
/** A notify job mostly waits for an answer from outside and holds no connection meanwhile. */
const CONCURRENCY: Readonly<Record<QueueName, number>> = { dispatch: 6, notify: 32 };
/**
 * What is due at once begins in this process, so many at a time, which leaves intake its connections; a few more wait here
 * for less than a second. What comes on top goes through the queue to whoever is free.
 */
const AT_ONCE_HERE = 4;
const WAITING_HERE = 32;
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
  private readonly queues = new Map<QueueName, Queue>();
  private readonly workers: Worker[] = [];
  private readonly redis: Redis[] = [];
  private readonly ringing = new Set<Promise<void>>();
  private readonly running = new Set<Promise<void>>();
  private readonly waitingHere: { readonly job: JobName; readonly id: string }[] = [];
  private busyHere = 0;
  private works = false;
  private failing = false;
  /** Wakes that did not reach the queue since the process started. */
  lostWakes = 0;

  constructor(private readonly config: Pick<Config, 'databaseUrl' | 'redisUrl'>) {}

  /** Each job name has exactly one handler; a second one is a fault of ours. */
  handle(job: JobName, handler: Handler): void {
    if (this.handlers.has(job)) throw new Error(`the job ${job} has two handlers`);
    this.handlers.set(job, handler);
  }

  /** After this transaction commits, have `job` look at `id` in `delayMs`; at once in this very process where it can. */
  wake(tx: Tx, job: JobName, id: string, delayMs = 0): void {
    tx.afterCommit(() => {
      if (delayMs === 0 && this.startHere(job, id)) return;
      const ringing = this.ring(job, id, delayMs).finally(() => this.ringing.delete(ringing));
      this.ringing.add(ringing);
    });
  }

  /** Resolves when every wake so far has reached the queue or was given up. */
  async settled(): Promise<void> {
    await Promise.all(this.ringing);
  }

  /** Opens the queues; with `withWorker` this process also runs their jobs. Throws when a job has no handler. */
  start(withWorker: boolean): void {
    const missing = JOB_NAMES.filter((job) => !this.handlers.has(job));
    if (missing.length > 0) throw new Error(`no handler for the jobs ${missing.join(', ')}`);
    this.works = withWorker;
    for (const name of QUEUE_NAMES) {
      this.openQueue(name);
      if (withWorker) this.openWorker(name);
    }
  }

  /** The board shows it and dispatch goes on by the sweep alone. */
  get degraded(): boolean {
    return this.failing;
  }

  /** Lets the running jobs finish, then closes workers before queues. */
  async close(): Promise<void> {
    this.works = false;
    // Still due: the next sweep of any process finds them.
    this.waitingHere.length = 0;
    // A Redis that is away would never answer the farewell, and BullMQ would wait for it.
    const away = this.redis.some(({ status }) => status !== 'ready');
    await Promise.all(this.workers.map((worker) => worker.close(away)));
    await Promise.allSettled(this.running);
    await this.settled();
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    for (const connection of this.redis) connection.disconnect();
    this.workers.length = 0;
    this.queues.clear();
  }

  private openQueue(name: QueueName): void {
    const queue = this.open((connection, backend) =>
      new Queue(name, { connection, defaultJobOptions: { removeOnComplete: true, removeOnFail: true } } as never, backend as never),
    );
    queue.on('error', () => this.failed());
    this.queues.set(name, queue);
  }

  private openWorker(name: QueueName): void {
    const worker = this.open((connection, backend) =>
      new Worker(name, (job: Job<Wake>) => this.run(job), { connection, concurrency: CONCURRENCY[name] } as never, backend as never),
    );
    worker.on('error', () => this.failed());
    worker.on('ready', () => this.recovered());
    this.workers.push(worker);
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
      // BullMQ opens one more connection to listen on. Here waiting for a free one may end as well: whatever the queue misses, the sweep does.
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS, ...ANSWERS_IN_TIME,
    } satisfies pg.PoolConfig & { schema: string; migrate: boolean };
    return make(connection, createPostgresBackend);
  }

  private async run(job: Job<Wake>): Promise<void> {
    await this.begin(job.name as JobName, job.data.id);
    this.recovered();
  }

  private begin(job: JobName, id: string): Promise<void> {
    const handler = this.handlers.get(job);
    if (!handler) throw new Error(`no handler for the job ${job}`);
    const running = handler(id).finally(() => this.running.delete(running));
    this.running.add(running);
    return running;
  }

  /** Saves the way through the queue, which is half the wait for a first offer. False: the queue has to ring. */
  private startHere(job: JobName, id: string): boolean {
    if (!this.works || JOBS[job].queue !== 'dispatch' || this.waitingHere.length >= WAITING_HERE) return false;
    this.waitingHere.push({ job, id });
    this.nextHere();
    return true;
  }

  private nextHere(): void {
    const next = this.busyHere < AT_ONCE_HERE ? this.waitingHere.shift() : undefined;
    if (!next) return;
    this.busyHere += 1;
    const done = this.begin(next.job, next.id)
      // The row is still due: the queue tries once more, and the sweep counts what goes on failing.
      .catch(() => this.ring(next.job, next.id, 0))
      .finally(() => {
        this.busyHere -= 1;
        this.ringing.delete(done);
        this.nextHere();
      });
    this.ringing.add(done);
  }

  private async ring(job: JobName, id: string, delayMs: number): Promise<void> {
    const { queue: name, priority } = JOBS[job];
    const queue = this.queues.get(name);
    if (!queue) return;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the queue did not answer')), WAKE_TIMEOUT_MS);
    });
    try {
      // No job id and no deduplication: a superfluous wake is harmless, a swallowed one costs two seconds.
      await Promise.race([queue.add(job, { id } satisfies Wake, { delay: delayMs, priority }), timeout]);
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
