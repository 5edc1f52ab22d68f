import type { BoardAlarmView } from '../../dispatch/contract.js';

type Alarm = Pick<BoardAlarmView, 'kind' | 'acknowledgedAt' | 'escalation'>;

/** What may mean that a peer of ours is in danger. */
const IN_THE_FIELD: ReadonlySet<Alarm['kind']> = new Set(['safety-check-missed', 'contact-unheard']);

/** Danger comes first, then peers who have not been heard of, whatever has been open for longer; last what somebody has. */
export function byGravity<A extends Alarm>(alarms: readonly A[]): A[] {
  const rank = (alarm: A): number => {
    if (alarm.acknowledgedAt !== null) return 3;
    if (speaks(alarm)) return 0;
    return IN_THE_FIELD.has(alarm.kind) ? 1 : 2;
  };
  return alarms.toSorted((a, b) => rank(a) - rank(b));
}

/** Its script is to be said to somebody now. */
export function speaks({ escalation }: Pick<Alarm, 'escalation'>): boolean {
  return escalation !== null && escalation.tier === 'partner';
}
