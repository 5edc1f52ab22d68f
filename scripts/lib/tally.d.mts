export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}
export interface Tally extends Counts {
  faults: string[];
}
export interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}
export declare function tallyOf(run: { report: JestReport | null; exitCode: number | null; timedOut: boolean; output: string }): Tally;
export declare function sum(tallies: readonly Counts[]): Counts;
export declare function exitCodeOf(counts: Counts, requireAll: boolean): 0 | 1;
