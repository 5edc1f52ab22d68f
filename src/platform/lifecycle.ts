/** Thrown out of a start that was asked to stop half-way; nothing is wrong. */
export class StoppedWhileStarting extends Error {
  override readonly name = 'StoppedWhileStarting';
}

interface Held {
  readonly name: string;
  readonly closeWithinMs: number;
  readonly close: () => Promise<void> | void;
}

interface LifecycleDoors {
  readonly log: (line: string) => void;
  readonly exit: (code: number) => void;
}

/**
 * What this process holds, let go in reverse order, once, whoever asks and however often (npm hands on a signal the
 * process group already had). Something still starting is waited for and then closed: nothing is left behind.
 */
export class Lifecycle {
  private readonly held: Held[] = [];
  private ending: Promise<void> | null = null;
  private exitCode = 0;

  constructor(
    private readonly doors: LifecycleDoors,
    private readonly hardLimitMs = 10_000,
  ) {}

  get stopping(): boolean {
    return this.ending !== null;
  }

  /** Starts something and remembers how to close it. Throws {@link StoppedWhileStarting} when a stop came first. */
  async hold<T>(
    name: string,
    start: () => Promise<T> | T,
    close: (value: T) => Promise<void> | void,
    closeWithinMs = this.hardLimitMs,
  ): Promise<T> {
    this.goOn();
    const starting = Promise.resolve().then(start);
    const closeStarted = async () => {
      const outcome = await starting.then((value) => ({ value }), () => null);
      if (outcome) await close(outcome.value);
    };
    this.held.push({ name, closeWithinMs, close: closeStarted });
    const value = await starting;
    this.goOn();
    return value;
  }

  /** Throws {@link StoppedWhileStarting} once a stop was asked for. */
  goOn(): void {
    if (this.stopping) throw new StoppedWhileStarting();
  }

  /** Closes everything and exits. A later call changes nothing but may turn a clean exit into a failed one. */
  stop(exitCode: number): Promise<void> {
    this.exitCode ||= exitCode;
    return (this.ending ??= this.letGo());
  }

  private async letGo(): Promise<void> {
    const hardLimit = setTimeout(() => {
      this.doors.log(`Not everything closed within ${this.hardLimitMs / 1000} s; leaving.`);
      this.doors.exit(1);
    }, this.hardLimitMs);
    for (let held = this.held.pop(); held; held = this.held.pop()) await this.closeOne(held);
    clearTimeout(hardLimit);
    this.doors.exit(this.exitCode);
  }

  private async closeOne({ name, close, closeWithinMs }: Held): Promise<void> {
    let limit: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      limit = setTimeout(() => reject(new Error(`still busy after ${closeWithinMs / 1000} s`)), closeWithinMs);
      limit.unref();
    });
    try {
      await Promise.race([Promise.resolve().then(close), late]);
    } catch (error) {
      this.exitCode ||= 1;
      this.doors.log(`Closing ${name}: ${(error as Error).message}`);
    } finally {
      clearTimeout(limit);
    }
  }
}
