import { PAGE_HOLDS_MS } from '../../../src/platform/database/live-channel.js';
import { askedUnrested } from './care-promises.js';
import { isAbove, leftAlone } from './case-promises.js';
import type { Crew } from './crew.js';
import { begunAlone } from './field-promises.js';
import { askedWithoutPolicy } from './policy-promises.js';
import { holds, isLive, type AssignmentRow, type LimitsRow, type OfferRow, type Records, type RequestRow } from './records.js';

const UNDO_MS = 15_000;
/** Who goes so soon is not asked any more. */
/** The least a request needs of a peer: that an emergent offer is answered and contact made. */
const SOON_MS = 150_000;
/** Nobody has said how grave it is: it counts as urgent. */
const UNTRIAGED = 2;
/** How somebody who is with a person may stop being: nobody is dropped. */
const KEPT_COMPANY = ['closed', 'contact-confirmed', 'handed-over'];
/** Whoever had a request for these reasons may be asked for it again. */
const MAY_HAVE_IT_AGAIN = ['no-contact', 'cancelled'];

/** What no step may do to the records, whatever it was. Two steps at once count as one. */
export function forbiddenChanges(before: Records, after: Records, crew: Crew): string[] {
  const was = indexed(before);
  return [
    ...vanished(before, after), ...begunAlone(before, after, crew), ...askedUnrested(before, after), ...askedWithoutPolicy(before, after), ...leftAlone(before, after),
    ...after.requests.flatMap((request) => ofRequest(was.requests.get(request.id), request, before.now)),
    ...after.offers.flatMap((offer) => {
      const earlier = was.offers.get(offer.id);
      if (earlier) return earlier.status === offer.status || earlier.status === 'pending' ? [] : [`an offer that was ${earlier.status} became ${offer.status}`];
      return newOffer(offer, before, after, crew);
    }),
    ...after.assignments.flatMap((assignment) => ofAssignment(was.assignments.get(assignment.id), assignment, before, after)),
    ...after.escalations.flatMap((escalation) => {
      const earlier = was.escalations.get(escalation.id);
      const stopped = escalation.closeReason === 'accepted' && !escalation.searchContinues;
      const undone = earlier !== undefined && ((earlier.closedAt && !escalation.closedAt) || earlier.pagesSent > escalation.pagesSent);
      return stopped || undone ? [`the ${escalation.cause} of ${escalation.requestId} closed by an accept, or opened again`] : [];
    }),
  ];
}

function vanished(before: Records, after: Records): string[] {
  return (['requests', 'offers', 'assignments', 'escalations', 'alarms'] as const).flatMap((table) => {
    const still = new Set(after[table].map(({ id }) => id));
    return before[table].filter(({ id }) => !still.has(id)).map(({ id }) => `${id} has gone from ${table}`);
  });
}

/** `now`: before the step. An undo may come just before time passes, in one step. */
function ofRequest(before: RequestRow | undefined, after: RequestRow, now: Date): string[] {
  if (!before) return [];
  const { state: was } = before;
  const over = { closed: ['closed'], ended: ['ended', 'closed'] }[was];
  const undone = was === 'cancelled' && after.state !== 'cancelled' && before.cancelledAt !== null && now.getTime() - before.cancelledAt.getTime() > UNDO_MS;
  const faults: string[] = [];
  if ((over && !over.includes(after.state)) || undone) faults.push(`${after.id} was ${was} and is ${after.state}`);
  if (after.round < before.round || after.version < before.version || after.lostPeers < before.lostPeers) faults.push(`${after.id} counts backwards`);
  return faults;
}

/** Who is asked must be there and willing, before and after: whoever came or went meanwhile is given the benefit of the doubt. */
function newOffer(offer: OfferRow, before: Records, after: Records, crew: Crew): string[] {
  const { personId, subjectId, madeAt } = offer;
  const faults: string[] = [];
  const must = (kept: boolean, otherwise: string): void => void (kept || faults.push(`${personId} was asked for ${subjectId}, and ${otherwise}`));
  const both = (test: (records: Records) => boolean): boolean => test(before) && test(after);
  const request = after.requests.find(({ id }) => id === subjectId);
  const acuity = mildestOf(subjectId, before, after);
  const peer = crew.peers.find((person) => person.personId === personId);
  must(peer !== undefined && request !== undefined && peer.speaks.includes(request.language), 'does not speak the language');
  must(!both(({ aways }) => aways.some((away) => away.personId === personId && holds({ ...away, fromAt: new Date(away.fromAt.getTime() - SOON_MS) }, madeAt))), 'is away, or about to be');
  must(!both(({ exclusions }) => exclusions.some((pair) => pair.personId === personId && pair.requestId === subjectId)), 'is kept apart from this person');
  must(!both(({ duties }) => duties.every((duty) => duty.personId !== personId || duty.draining)), 'is off duty');
  must(!both(({ pages }) => pages.every((page) => page.personId !== personId || madeAt.getTime() - page.seenAt.getTime() >= PAGE_HOLDS_MS)), 'has no page that would show it');
  must(!both(({ duties }) => duties.some((duty) => duty.personId === personId && !duty.contactKinds.includes(request?.contactKind ?? ''))), 'does not take such contacts');
  must(!both(({ duties }) => duties.some((duty) => duty.personId === personId && (duty.maxAcuity ?? 1) > acuity)), 'takes nothing so grave');
  const alone = offer.seat === 'lead';
  must(!both(({ duties }) => duties.some((duty) => duty.personId === personId && alone && duty.buddyOnly)), 'only goes along');
  must(
    !both(({ limits }) =>
      limits.some((own) => own.personId === personId && holds(own, madeAt) && ((own.maxAcuity ?? 1) > acuity || (alone && own.buddyOnly) || own.contactKinds?.includes(request?.contactKind ?? '') === false)),
    ),
    'has set limits',
  );
  const had = before.assignments.some((held) => held.requestId === subjectId && held.personId === personId && held.endReason !== null && !MAY_HAVE_IT_AGAIN.includes(held.endReason));
  must(!had, 'had it and gave it back');
  must(offer.overrides.some(({ gate }) => gate === 'load-cap') || !both((records) => isFull(records, personId)), 'has their hands full');
  return faults;
}

/** What somebody agreed to take goes by how grave a request is, not by how long it waits; triaged in this very step, it may have been either. */
function mildestOf(requestId: string, before: Records, after: Records): number {
  return Math.max(...[before, after].map(({ requests }) => {
    const request = requests.find(({ id }) => id === requestId);
    return request ? (request.acuity ?? UNTRIAGED) : 1;
  }));
}

function ofAssignment(earlier: AssignmentRow | undefined, assignment: AssignmentRow, before: Records, after: Records): string[] {
  const { personId, requestId, acceptedAt, endedAt, endReason, contactMadeAt, seat, intensity } = assignment;
  const faults: string[] = [];
  if (!earlier && isLive(assignment) && !assignment.overrides.some(({ gate }) => gate === 'load-cap')) {
    const capacity = Math.max(...[before, after].map(({ duties }) => duties.find((duty) => duty.personId === personId)?.capacity ?? 1));
    if (liveOf(after, personId) > capacity) faults.push(`${personId} was given ${requestId} and is over capacity`);
  }
  if (!earlier && isLive(assignment)) {
    const throughout = (test: (records: Records) => boolean): boolean => test(before) && test(after);
    const away = throughout(({ aways }) => aways.some((row) => row.personId === personId && holds(row, acceptedAt)));
    const apart = throughout(({ exclusions }) => exclusions.some((pair) => pair.personId === personId && pair.requestId === requestId));
    if (away) faults.push(`${personId} was given ${requestId} and is away`);
    const request = after.requests.find(({ id }) => id === requestId);
    const mildest = mildestOf(requestId, before, after);
    const madeAt = after.offers.find(({ id }) => id === assignment.offerId)?.madeAt;
    const tooMuch = (row: LimitsRow): boolean => holds(row, acceptedAt) && (!madeAt || row.fromAt >= madeAt) && request !== undefined && isAbove(row, seat, request, mildest);
    const above = throughout(({ limits }) => limits.some((row) => row.personId === personId && tooMuch(row)));
    if (above) faults.push(`${personId} was given ${requestId} above the limits that began while it was asked of them`);
    if (apart) faults.push(`${personId} was given ${requestId} and is kept apart from this person`);
  }
  if (earlier?.endedAt && (endReason !== earlier.endReason || endedAt?.getTime() !== earlier.endedAt.getTime())) faults.push(`an assignment of ${requestId} ended twice`);
  if (earlier?.contactMadeAt && earlier.contactMadeAt.getTime() !== contactMadeAt?.getTime()) faults.push(`the contact of ${requestId} was made twice`);
  // Whoever closes out says how it was, in the same step.
  if (endReason === 'closed' && !earlier?.endedAt && seat === 'lead' && intensity === null) faults.push(`${requestId} was closed over the head of its lead`);
  if (endReason === null || endedAt === null || earlier?.endedAt || seat !== 'lead' || !contactMadeAt) return faults;
  if (!KEPT_COMPANY.includes(endReason)) faults.push(`${requestId} was in contact, and its lead ended as ${endReason}`);
  const next = after.assignments.some((other) => other.requestId === requestId && other.seat === 'lead' && other.id !== assignment.id && other.acceptedAt.getTime() === endedAt.getTime());
  if (endReason === 'handed-over' && !next) faults.push(`${requestId} was handed over to nobody`);
  return faults;
}

/** False: off duty, or with as many people as they take. */
export function hasRoom(records: Records, personId: string): boolean {
  const duty = records.duties.find((row) => row.personId === personId);
  return duty !== undefined && !duty.draining && liveOf(records, personId) < duty.capacity;
}

/** Who left meanwhile may well have had room before: that is for the other rules. */
function isFull(records: Records, personId: string): boolean {
  const duty = records.duties.find((row) => row.personId === personId);
  return duty !== undefined && liveOf(records, personId) >= duty.capacity;
}

function liveOf({ assignments }: Records, personId: string): number {
  return assignments.filter((assignment) => assignment.personId === personId && isLive(assignment)).length;
}

function indexed(records: Records) {
  const byId = <T extends { readonly id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));
  return { requests: byId(records.requests), offers: byId(records.offers), assignments: byId(records.assignments), escalations: byId(records.escalations) };
}
