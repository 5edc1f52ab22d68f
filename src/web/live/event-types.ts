/** Named server-sent events reach only those who listen by name, so every name the server uses must be here. */
export const EVENT_TYPES = [
  'request.received', 'request.triaged', 'request.search-started', 'request.waiting', 'request.assigned', 'request.escalated', 'request.ended',
  'request.closed', 'request.cancelled', 'request.reopened', 'request.re-offered', 'gate.overridden', 'offer.made', 'offer.accepted',
  'offer.declined', 'offer.expired', 'offer.withdrawn', 'offer.superseded', 'assignment.by-hand', 'assignment.contact-asked',
  'assignment.contact-made', 'assignment.en-route', 'assignment.safe', 'assignment.safety-check-missed', 'assignment.handing-over',
  'assignment.check-due', 'assignment.ended', 'escalation.opened', 'escalation.paged', 'escalation.acknowledged', 'escalation.closed',
  'consult.asked', 'consult.paged', 'consult.taken', 'consult.ended', 'follow-up.due', 'follow-up.attempted', 'follow-up.closed', 'alarm.opened',
  'alarm.paged', 'alarm.acknowledged', 'alarm.closed', 'duty.started', 'duty.changed', 'duty.ended', 'duty.still-here-asked', 'contact.read',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export interface LiveEvent {
  readonly type: EventType;
  readonly subject: string;
  readonly id: string;
}

/** Whether what a page shows under `queryKey` may have changed with the event. */
export function concerns(event: LiveEvent, queryKey: readonly unknown[]): boolean {
  const [what, which] = queryKey;
  const [area] = event.type.split('.');
  switch (what) {
    case 'board': return area !== 'contact';
    case 'duty': return area === 'duty';
    case 'offers': return area === 'offer' || area === 'duty';
    case 'assignments': return area === 'assignment' || area === 'consult' || area === 'request' || event.type === 'offer.accepted';
    case 'request':
    case 'timeline': return area !== 'duty' && (event.subject !== 'request' || event.id === which);
    default: return false;
  }
}
