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
  testResults: readonly { name: string; status: string; assertionResults: readonly { status: string }[] }[];
}
export declare function tallyOf(run: { report: JestReport | null; exitCode: number | null; timedOut: boolean; output: string }): Tally;
export declare function worthASecondLook(run: { report: JestReport | null; timedOut: boolean; output: string }, most: number): string[];
export declare function tallyWithout(files: readonly string[], report: JestReport): Tally;
export declare function sum(tallies: readonly Counts[]): Counts;
export declare function exitCodeOf(counts: Counts, requireAll: boolean): 0 | 1;
