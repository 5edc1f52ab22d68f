import { WEIGHT } from '../../requests/domain/escalation.js';
import type { AlarmKind } from '../../requests/domain/alarm.js';
import type { EscalationCause } from '../../requests/domain/triage.js';

export interface ToTake {
  readonly what: { readonly cause: EscalationCause } | { readonly alarm: AlarmKind };
  readonly since: Date;
}

/** Where an alarm stands among the causes of escalations: a peer of whom nobody has heard comes right after danger to life. */
const ALARM_WEIGHT: Readonly<Record<AlarmKind, number>> = { 'safety-check-missed': 1.5, 'contact-unheard': 1.75, 'consult-unheard': 3.25, overdue: 3.5, 'triage-missed': 4.5, 'no-supervisor': 4.5, 'cover-ending': 5, 'step-failing': 3.75 };

/** The gravest first, then the one that has waited longest: on a phone at night only the first is in sight. */
export function byGravity(a: ToTake, b: ToTake): number {
  return weightOf(a) - weightOf(b) || a.since.getTime() - b.since.getTime();
}

function weightOf({ what }: ToTake): number {
  return 'cause' in what ? WEIGHT[what.cause] : ALARM_WEIGHT[what.alarm];
}
