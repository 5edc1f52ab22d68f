import { RESTING } from './crew.js';
import type { AssignmentRow, OfferRow, Records } from './records.js';

const MINUTE_MS = 60_000;

/** Nobody is asked who rests, or whom a supervisor has yet to speak with; what changed meanwhile is given the benefit of the doubt. */
export function askedUnrested(before: Records, after: Records): string[] {
  const had = new Set(before.offers.map(({ id }) => id));
  return after.offers.filter(({ id }) => !had.has(id)).flatMap((offer) => [...whileResting(offer, before, after), ...afterCritical(offer, before, after)]);
}

function whileResting(offer: OfferRow, before: Records, after: Records): string[] {
  if (offer.overrides.some(({ gate }) => gate === 'rest')) return [];
  const over = before.assignments.filter(({ personId, contactMadeAt, endedAt }) => personId === offer.personId && contactMadeAt !== null && endedAt !== null);
  return over.flatMap((contact) => {
    const now = after.assignments.find(({ id }) => id === contact.id) ?? contact;
    const rested = (contact.endedAt?.getTime() ?? 0) + Math.min(restOf(contact), restOf(now)) * MINUTE_MS;
    return offer.madeAt.getTime() < rested ? [`${offer.personId} was asked for ${offer.subjectId} and rests`] : [];
  });
}

/** At least: urgent ones ask for more than calm ones. Only the lead says how it was. */
function restOf({ seat, intensity }: AssignmentRow): number {
  return seat === 'lead' && intensity !== 'calm' ? RESTING.rest.afterHardMinutes : RESTING.rest.afterContactMinutes;
}

function afterCritical(offer: OfferRow, before: Records, after: Records): string[] {
  const open = ({ critical }: Records): boolean => critical.some(({ personId }) => personId === offer.personId);
  return open(before) && open(after) ? [`${offer.personId} was asked for ${offer.subjectId} before a supervisor spoke with them`] : [];
}
