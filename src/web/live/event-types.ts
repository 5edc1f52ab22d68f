/** Named server-sent events reach only those who listen by name, so every name the server uses must be here. */
export const EVENT_TYPES = [
  'request.received', 'request.triaged', 'request.search-started', 'request.waiting', 'request.assigned', 'request.escalated', 'request.ended',
  'request.closed', 'request.cancelled', 'offer.made', 'offer.accepted', 'offer.declined', 'offer.expired', 'offer.withdrawn',
  'assignment.contact-asked', 'assignment.contact-made', 'assignment.check-due', 'assignment.ended', 'escalation.opened', 'escalation.paged',
  'escalation.acknowledged', 'escalation.closed', 'duty.started', 'duty.changed', 'duty.ended', 'duty.still-here-asked', 'contact.read',
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
    case 'assignments': return area === 'assignment' || area === 'request' || event.type === 'offer.accepted';
    case 'request':
    case 'timeline': return area !== 'duty' && (event.subject !== 'request' || event.id === which);
    default: return false;
  }
}
