/** Named server-sent events reach only those who listen by name, so every name the server uses must be here. */
export const EVENT_TYPES = [
  'request.received', 'request.triaged', 'request.search-started', 'request.waiting', 'request.assigned', 'request.escalated', 'request.ended',
  'request.closed', 'request.cancelled', 'request.reopened', 'request.re-offered', 'gate.overridden', 'offer.made', 'offer.accepted',
  'offer.declined', 'offer.expired', 'offer.withdrawn', 'offer.superseded', 'assignment.by-hand', 'assignment.contact-asked',
  'assignment.contact-made', 'assignment.en-route', 'assignment.safe', 'assignment.safety-check-missed', 'assignment.handing-over',
  'assignment.check-due', 'assignment.unheard', 'assignment.still-with', 'assignment.close-out-undone', 'assignment.ended', 'escalation.opened', 'escalation.paged', 'escalation.acknowledged', 'escalation.left-behind', 'escalation.closed',
  'consult.asked', 'consult.paged', 'consult.taken', 'consult.left-behind', 'consult.ended', 'follow-up.due', 'follow-up.attempted', 'follow-up.closed', 'alarm.opened',
  'alarm.paged', 'alarm.acknowledged', 'alarm.left-behind', 'alarm.closed', 'hand-over-note.written', 'hand-over-note.taken', 'duty.started', 'duty.changed', 'duty.ended', 'duty.still-here-asked', 'contact.read',
  'evening.started', 'evening.ended',
  'programme.changed', 'policy.added', 'peer.changed', 'account.changed', 'credential.recorded', 'credential.revoked', 'supervision.changed',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export interface LiveEvent {
  readonly type: EventType;
  readonly subject: string;
  readonly id: string;
}

/** What no request shows: who is on duty, and what administration changed. */
const FAR = new Set(['account', 'duty', 'hand-over-note', 'programme', 'policy', 'peer', 'credential', 'evening', 'supervision']);

/** Whether what a page shows under `queryKey` may have changed with the event. */
export function concerns(event: LiveEvent, queryKey: readonly unknown[]): boolean {
  const [what, which] = queryKey;
  const [area] = event.type.split('.');
  switch (what) {
    case 'admin': return area === 'account' || area === 'programme' || area === 'policy' || area === 'peer';
    case 'board': return area !== 'account' && area !== 'contact' && area !== 'hand-over-note' && area !== 'evening' && area !== 'supervision';
    case 'evening': return area === 'evening' || event.type === 'request.received';
    case 'hand-over-notes': return area === 'hand-over-note';
    case 'duty':
    case 'away': return area === 'duty';
    case 'outcomes': return area === 'assignment' || area === 'request';
    case 'credentials':
    case 'eligibility': return area === 'credential';
    case 'programmes': return area === 'programme';
    case 'pages':
    case 'own-escalations': return area === 'escalation' || area === 'alarm' || area === 'assignment' || area === 'request';
    case 'consults': return area === 'consult' || area === 'assignment';
    case 'team': return area === 'duty' || area === 'offer' || area === 'assignment' || event.type === 'request.assigned';
    case 'offers': return area === 'offer' || area === 'duty';
    case 'assignments': return area === 'assignment' || area === 'consult' || area === 'request' || event.type === 'offer.accepted';
    case 'request':
    case 'timeline': return !FAR.has(area ?? '') && (event.subject !== 'request' || event.id === which);
    // Who fits changes with every duty, offer and assignment there is.
    case 'match': return area === 'duty' || area === 'offer' || area === 'assignment' || (area === 'request' && event.id === which);
    case 'supervision': return area === 'supervision' || area === 'duty';
    // Nothing of these is ever told: they are asked along with whatever else happens.
    case 'own-marks':
    case 'message-waits': return true;
    case 'followUps': return area === 'follow-up';
    default: return false;
  }
}
