/** One plain sentence for each kind of line in a request's timeline. Who did it and when stand beside it. */
const SENTENCES: Readonly<Record<string, string>> = {
  'request.received': 'Request taken in',
  'request.triaged': 'Triaged as acuity {acuity}',
  'request.search-started': 'Search for a peer started',
  'request.waiting': 'Waiting for a fitting peer to come free',
  'request.assigned': 'A peer leads',
  'request.escalated': 'Escalated: {cause}',
  'request.ended': 'Ended: {how}',
  'request.closed': 'Closed: {outcome}',
  'request.cancelled': 'Cancelled',
  'offer.made': '{person} was asked (round {round})',
  'offer.accepted': '{person} accepted',
  'offer.declined': '{person} declined',
  'offer.expired': '{person} could not be reached in time',
  'offer.withdrawn': 'The offer to {person} was withdrawn',
  'assignment.contact-asked': '{person} was asked whether contact was made',
  'assignment.contact-made': '{person} is in contact',
  'assignment.check-due': 'The contact has gone on for a while; a check-in is due',
  'assignment.ended': 'Assignment of {person} ended: {reason}',
  'escalation.opened': 'Escalation opened: {cause} ({tier} tier)',
  'escalation.paged': 'Page {number} sent',
  'escalation.acknowledged': 'Escalation acknowledged',
  'escalation.closed': 'Escalation closed: {reason}',
  'contact.read': 'Sealed contact details were opened',
};

export function summaryOf(type: string, data: Readonly<Record<string, unknown>>, personName: string | null): string {
  const values: Record<string, unknown> = { ...data, person: personName ?? 'A peer' };
  return (SENTENCES[type] ?? type).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '–').replaceAll('-', ' '));
}
