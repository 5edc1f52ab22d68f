export const ALARM_KINDS = ['no-supervisor', 'triage-missed', 'overdue', 'safety-check-missed', 'contact-unheard', 'consult-unheard', 'cover-ending', 'step-failing'] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

/**
 * Something that is wrong and that no single escalation tells. Open until its cause has gone; it pages until somebody has it,
 * and about a silent peer again when it goes on although somebody has it.
 */
export interface Alarm {
  readonly id: string;
  readonly programmeId: string;
  readonly kind: AlarmKind;
  /** A programme for `no-supervisor`, `cover-ending` and `step-failing`, an assignment for `safety-check-missed` and `contact-unheard`, a consult for `consult-unheard`, otherwise a request. */
  readonly subjectId: string;
  readonly openedAt: Date;
  readonly pagesSent: number;
  /** When it is paged next; null while it only stands on the board, and once somebody has it. */
  readonly nextPageAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly closedAt: Date | null;
  readonly version: number;
}

/** The names an alarm is raised and closed by: one is open at most for each. */
export type AlarmCause = Pick<Alarm, 'programmeId' | 'kind' | 'subjectId'>;

export function isDueForPage(alarm: Pick<Alarm, 'closedAt' | 'acknowledgedAt' | 'nextPageAt'>, now: Date): boolean {
  return alarm.closedAt === null && alarm.acknowledgedAt === null && alarm.nextPageAt !== null && alarm.nextPageAt <= now;
}

/** Somebody has had it for so long, and its cause goes on: they may have gone home. */
export function isHeldTooLong(alarm: Pick<Alarm, 'acknowledgedAt'>, longestMs: number, now: Date): boolean {
  return alarm.acknowledgedAt !== null && now.getTime() - alarm.acknowledgedAt.getTime() >= longestMs;
}
