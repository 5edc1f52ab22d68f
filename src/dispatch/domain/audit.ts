import { SECOND_MS } from '../../platform/time.js';

/** A step that is so late was forgotten by somebody. */
export const OVERDUE_AFTER_MS = 30 * SECOND_MS;
export const ALARM_AT_FAILURES = 2;
export const PAGE_AT_FAILURES = 5;
/** A lateness that nothing has mended in so long wakes people. */
const PAGE_AFTER_MS = 30 * SECOND_MS;

/** A request whose next step is overdue or keeps failing. */
export interface LateRequest {
  readonly requestId: string;
  readonly programmeId: string;
  readonly failures: number;
  /** Since when it stands on the board; null: not yet. */
  readonly shownAt: Date | null;
}

/** The worst of what keeps failing or is late beside requests. No single programme's: each that is at work is told. */
export interface LateSteps {
  readonly programmeId: string;
  readonly failures: number;
  readonly shownAt: Date | null;
}

type Attention = 'show' | 'page' | 'leave';

/** First the board, then people: what fails may be mended by the next try, what is late by the next round. */
export function attention(late: Pick<LateRequest, 'failures' | 'shownAt'>, now: Date): Attention {
  if (late.failures >= PAGE_AT_FAILURES) return 'page';
  if (late.shownAt === null) return 'show';
  const lasted = now.getTime() - late.shownAt.getTime() >= PAGE_AFTER_MS;
  return lasted && late.failures < ALARM_AT_FAILURES ? 'page' : 'leave';
}

/** What the auditor counts. All of it is 0 in a deployment that is well. */
export interface Findings {
  /** Requests whose next step is more than 30 seconds late. */
  readonly overdueRequests: number;
  /** Requests whose step has failed twice or more in a row. */
  readonly failingRequests: number;
  /** Requests with two live leads. */
  readonly doubleLeads: number;
  /** Offers still open more than 30 seconds after they should have been closed. */
  readonly openPastClosing: number;
  /** Alarms whose page is more than 30 seconds late. */
  readonly unpagedAlarms: number;
  /** Whatever else is owed and more than 30 seconds late: aways and duties that are over, advice nobody took, peers nobody was looked for, notices and reminders, check-ins after a critical contact. */
  readonly overdueObligations: number;
  /** Steps beside those of requests that have failed twice or more in a row. */
  readonly failingObligations: number;
}

export function isWell(findings: Findings): boolean {
  return Object.values(findings).every((count) => count === 0);
}
