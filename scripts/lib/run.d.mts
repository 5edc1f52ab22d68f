export interface Ended {
  /** Null when a signal ended it, or when it could not be started. */
  exitCode: number | null;
  output: string;
  timedOut: boolean;
}
export declare function run(
  command: string,
  args: readonly string[],
  options: { timeoutMs: number; stopOn?: RegExp; graceMs?: number; cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<Ended>;
export declare function forwardSignals(): void;
