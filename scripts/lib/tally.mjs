/** What jest says when the tests are over but a socket, a timer or a child process is still open. */
const leftOpen = /failed to exit gracefully|Jest did not exit/;

/** Counts of one project's run, from what jest wrote (null when it wrote nothing) and how its process ended. */
export function tallyOf({ report, exitCode, timedOut, output }) {
  if (report === null) {
    return { passed: 0, failed: 1, skipped: 0, faults: [timedOut ? 'ran out of time' : 'jest ended without a result'] };
  }
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  const faults = [];
  if (counts.passed + counts.failed + counts.skipped === 0) faults.push('no tests were found');
  if (leftOpen.test(output)) faults.push('tests left something open');
  if (timedOut) faults.push('ran out of time');
  // A suite can fail without a failing test: a hook that throws, a setup that dies.
  if (exitCode !== 0 && counts.failed === 0 && faults.length === 0) faults.push(`jest ended with ${exitCode}`);
  return { ...counts, failed: counts.failed + faults.length, faults };
}

/**
 * The files worth a second look, by path: a real browser on a busy machine may fail once for no reason of ours. More than
 * `most` of them, or a fault of the run itself, is no chance any more. Whoever looks again says so.
 */
export function worthASecondLook({ report, timedOut, output }, most) {
  if (report === null || timedOut || leftOpen.test(output)) return [];
  const failed = report.testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
  return failed.length <= most ? failed : [];
}

/** What the files that passed at once counted; the others are counted by their second run. */
export function tallyWithout(files, report) {
  const kept = report.testResults.filter(({ name }) => !files.includes(name)).flatMap(({ assertionResults }) => assertionResults);
  const of = (...statuses) => kept.filter(({ status }) => statuses.includes(status)).length;
  return { passed: of('passed'), failed: of('failed'), skipped: of('pending', 'skipped', 'todo'), faults: [] };
}

export function sum(tallies) {
  return tallies.reduce(
    (total, each) => ({
      passed: total.passed + each.passed,
      failed: total.failed + each.failed,
      skipped: total.skipped + each.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** 1 on any failure, on nothing passed at all, and on a skip when everything is required. */
export function exitCodeOf({ passed, failed, skipped }, requireAll) {
  return failed > 0 || passed === 0 || (requireAll && skipped > 0) ? 1 : 0;
}
