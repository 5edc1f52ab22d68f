import type { EventType } from '../../platform/events.js';

type Told = Extract<EventType, `${'request' | 'gate' | 'offer' | 'assignment' | 'escalation' | 'consult' | 'follow-up' | 'contact'}.${string}`>;
/** One plain sentence for each kind of line in a request's timeline. Who did it and when stand beside it. */
const SENTENCES: Readonly<Record<Told, string>> = {
  'request.received': 'Request taken in',
  'request.triaged': 'Triaged as acuity {acuity}',
  'request.search-started': 'Search for a peer started',
  'request.waiting': 'Waiting for a fitting peer to come free',
  'request.assigned': 'A peer leads',
  'request.escalated': 'Escalated: {cause}',
  'request.ended': 'Ended: {how}',
  'request.closed': 'Closed: {outcome}',
  'request.cancelled': 'Cancelled',
  'request.reopened': 'The cancel was taken back',
  'request.re-offered': 'Everybody may be asked again (round {round})',
  'gate.overridden': 'The gate {gate} was lifted for {person}',
  'offer.made': '{person} was asked (round {round})',
  'offer.accepted': '{person} accepted',
  'offer.declined': '{person} declined',
  'offer.expired': '{person} could not be reached in time',
  'offer.withdrawn': 'The offer to {person} was withdrawn',
  'offer.superseded': 'The offer to {person} gave way to another',
  'assignment.by-hand': '{person} was assigned by hand (agreed {agreed})',
  'assignment.en-route': '{person} is on the way',
  'assignment.safe': '{person} is safe',
  'assignment.safety-check-missed': '{person} has not said that they are safe',
  'assignment.handing-over': '{person} is handing over and stays until somebody else is there',
  'assignment.contact-asked': '{person} was asked whether contact was made',
  'assignment.contact-made': '{person} is in contact',
  'assignment.check-due': '{person} was asked whether they are still with the person',
  'assignment.unheard': '{person} has not said whether they are still with the person',
  'assignment.still-with': '{person} is still with the person',
  'assignment.close-out-undone': '{person} took the close-out back to write it anew',
  'assignment.ended': 'Assignment of {person} ended: {reason}',
  'consult.asked': '{person} asked a supervisor for advice',
  'consult.paged': 'Supervisors were paged for advice to {person} (page {number})',
  'consult.taken': 'A supervisor advises {person}',
  'consult.left-behind': 'The supervisor who advised {person} cannot any more; supervisors are paged again',
  'consult.ended': 'The consult of {person} ended',
  'follow-up.due': 'A follow-up by {person} is due',
  'follow-up.attempted': 'Follow-up, try {number}: {outcome}',
  'follow-up.closed': 'Follow-up closed: {state}',
  'escalation.opened': 'Escalation opened: {cause} ({tier} tier)',
  'escalation.paged': 'Page {number} sent',
  'escalation.acknowledged': 'Escalation acknowledged',
  'escalation.left-behind': 'Who had taken it on cannot see to it any more; it is paged again',
  'escalation.closed': 'Escalation closed: {reason}',
  'contact.read': 'Sealed contact details were opened',
};

/** For readers to whom that gate is not named. */
const A_GATE = 'A gate was lifted for {person}';
const CONFIRMED = 'Escalation closed: {by} confirmed that help is there';

/** The codes and numbers of an event that a page may put into a sentence of its own; ids stay behind. */
const TOLD = ['acuity', 'cause', 'tier', 'reason', 'how', 'outcome', 'state', 'gate', 'agreed', 'round', 'number', 'by'] as const;

/** Who keeps out of whose way is told to nobody: knowing the person reads like any other hand-back. */
function told(value: unknown): unknown {
  return value === 'known-person' ? 'handed-back' : value;
}

export function detailOf(data: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(TOLD.flatMap((name) => {
    const value = told(data[name]);
    return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [];
  }));
}

export function summaryOf(type: string, data: Readonly<Record<string, unknown>>, personName: string | null): string {
  const values: Record<string, unknown> = { ...data, person: personName ?? 'A peer' };
  return sentenceOf(type, values).replace(/\{(\w+)\}/g, (_, name: string) => String(told(values[name]) ?? '–').replaceAll('-', ' '));
}

function sentenceOf(type: string, { gate, by }: Readonly<Record<string, unknown>>): string {
  if (type === 'gate.overridden' && !gate) return A_GATE;
  if (type === 'escalation.closed' && by) return CONFIRMED;
  return (SENTENCES as Readonly<Record<string, string>>)[type] ?? type;
}
