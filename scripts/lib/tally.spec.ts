import { describe, expect, it } from '@jest/globals';
import { exitCodeOf, sum, tallyOf, tallyWithout, worthASecondLook, type JestReport } from './tally.mjs';

const report = (counts: Partial<JestReport>): JestReport => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
  ...counts,
});
const run = (counts: Partial<JestReport>, ending: { exitCode?: number | null; timedOut?: boolean; output?: string } = {}) =>
  tallyOf({ report: report(counts), exitCode: 0, timedOut: false, output: '', ...ending });

describe('the tally of a test run', () => {
  it('counts passed, failed and skipped tests', () => {
    expect(run({ numPassedTests: 3, numFailedTests: 2, numPendingTests: 1 }, { exitCode: 1 })).toMatchObject({
      passed: 3,
      failed: 2,
      skipped: 1,
    });
  });

  it('counts a suite that could not load as a failure', () => {
    expect(run({ numPassedTests: 3, numRuntimeErrorTestSuites: 1 }, { exitCode: 1 }).failed).toBe(1);
  });

  it('counts a run that wrote no result as a failure', () => {
    expect(tallyOf({ report: null, exitCode: 0, timedOut: false, output: '' }).failed).toBe(1);
  });

  it('counts a project without tests as a failure', () => {
    expect(run({}).failed).toBe(1);
  });

  it('counts a bad exit without a failing test as a failure', () => {
    expect(run({ numPassedTests: 3 }, { exitCode: 1 }).failed).toBe(1);
    expect(run({ numPassedTests: 3 }, { exitCode: null }).failed).toBe(1);
  });

  it('counts running out of time as a failure, even when every test had passed', () => {
    expect(run({ numPassedTests: 3 }, { exitCode: null, timedOut: true }).failed).toBe(1);
  });

  it.each(['A worker process has failed to exit gracefully', 'Jest did not exit one second after'])(
    'counts what tests left open as a failure (%#)',
    (output) => {
      expect(run({ numPassedTests: 3 }, { output }).failed).toBe(1);
    },
  );

  it('passes only when something passed and nothing failed', () => {
    expect(exitCodeOf({ passed: 1, failed: 0, skipped: 0 }, true)).toBe(0);
    expect(exitCodeOf({ passed: 1, failed: 1, skipped: 0 }, false)).toBe(1);
    expect(exitCodeOf({ passed: 0, failed: 0, skipped: 0 }, false)).toBe(1);
  });

  it('lets a skip fail only when everything is required', () => {
    expect(exitCodeOf({ passed: 1, failed: 0, skipped: 1 }, false)).toBe(0);
    expect(exitCodeOf({ passed: 1, failed: 0, skipped: 1 }, true)).toBe(1);
  });

  it('sums what the projects counted', () => {
    expect(sum([run({ numPassedTests: 2 }), run({ numPassedTests: 1, numPendingTests: 4 })])).toEqual({
      passed: 3,
      failed: 0,
      skipped: 4,
    });
  });
});

describe('a second look', () => {
  const file = (name: string, ...statuses: string[]) => ({
    name, status: statuses.includes('failed') ? 'failed' : 'passed', assertionResults: statuses.map((status) => ({ status })),
  });
  const first = report({ testResults: [file('a', 'passed', 'failed'), file('b', 'passed', 'pending'), file('c', 'failed')] });
  const ended = { report: first, timedOut: false, output: '' };

  it('is for the files that failed, while they are few', () => {
    expect(worthASecondLook(ended, 2)).toEqual(['a', 'c']);
    expect(worthASecondLook(ended, 1)).toEqual([]);
  });

  it('is not for a run that went wrong itself', () => {
    expect(worthASecondLook({ ...ended, timedOut: true }, 2)).toEqual([]);
    expect(worthASecondLook({ ...ended, output: 'Jest did not exit' }, 2)).toEqual([]);
    expect(worthASecondLook({ ...ended, report: null }, 2)).toEqual([]);
  });

  it('leaves standing what the other files counted', () => {
    expect(tallyWithout(['a', 'c'], first)).toEqual({ passed: 1, failed: 0, skipped: 1, faults: [] });
  });
});
