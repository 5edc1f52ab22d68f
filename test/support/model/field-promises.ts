import { goesWithBuddy, type Crew } from './crew.js';
import { isLive, isOpenConsult, isPending, isUnclosed, type ConsultRow, type Records } from './records.js';

const PAGED_EVERY_MS = 60_000;

/** Who goes out is looked after, and who asks for advice is heard. */
export function brokenInTheField(records: Records, crew: Crew): string[] {
  return [...ofConsults(records, crew), ...ofTheField(records)];
}

/** What nobody may have begun alone. Whoever went along or went away meanwhile is given the benefit of the doubt. */
export function begunAlone(before: Records, after: Records, crew: Crew): string[] {
  const had = new Map(before.assignments.map((assignment) => [assignment.id, assignment]));
  return after.assignments.flatMap(({ id, requestId, contactMadeAt }) => {
    const request = after.requests.find((one) => one.id === requestId);
    if (!contactMadeAt || had.get(id)?.contactMadeAt || !request || !goesWithBuddy(crew, request)) return [];
    const together = [before, after].some(({ assignments }) => assignments.some((other) => other.requestId === requestId && other.seat === 'buddy' && isLive(other)));
    return together ? [] : [`${requestId} was begun without a buddy`];
  });
}

function ofConsults({ now, consults, consultOffers, assignments, alarms }: Records, crew: Crew): string[] {
  const faults: string[] = [];
  for (const consult of consults) {
    const { id, assignmentId, takenBy, nextPageAt, pagesSent, endedAt } = consult;
    const must = (kept: boolean, otherwise: string): void => void (kept || faults.push(`the consult ${id} ${otherwise}`));
    const assignment = assignments.find((one) => one.id === assignmentId);
    const asked = consultOffers.filter((offer) => offer.subjectId === id && isPending(offer));
    const waits = isWaitingForAdvice(consult);
    must(endedAt !== null || (assignment !== undefined && isLive(assignment)), 'goes on, and what it was about is over');
    must(consults.filter((other) => other.assignmentId === assignmentId && isOpenConsult(other)).length <= 1, 'is one of two');
    must(pagesSent > 0, 'was never paged');
    must(asked.length === 0 || waits, 'is offered though nobody waits for it');
    must(new Set(asked.map(({ personId }) => personId)).size === asked.length, 'is offered to somebody twice');
    must(!asked.some(({ personId }) => personId === assignment?.personId), 'is offered to who asked');
    must(!waits || (nextPageAt !== null && nextPageAt.getTime() - now.getTime() <= PAGED_EVERY_MS), 'is not paged again in a minute');
    must(waits || nextPageAt === null, 'is paged though nobody waits');
    const alarmed = alarms.some((alarm) => alarm.kind === 'consult-unheard' && alarm.subjectId === id && isUnclosed(alarm));
    must(alarmed === waits || pagesSent <= 3, waits ? 'is not heard, and nobody is alarmed' : 'is answered and still alarms');
    const lead = crew.peers.find(({ personId }) => personId === assignment?.personId);
    must(takenBy === null || takenBy !== lead?.accountId, 'was taken by who asked');
  }
  return faults;
}

function isWaitingForAdvice({ takenAt, endedAt }: ConsultRow): boolean {
  return takenAt === null && endedAt === null;
}

/** In person: on the way and with somebody, a peer is asked whether they are safe, and who does not answer is not forgotten. */
function ofTheField({ requests, assignments, alarms }: Records): string[] {
  const faults: string[] = [];
  for (const assignment of assignments) {
    const { requestId, personId, enRouteAt, contactMadeAt, safetyCheckAt, safetyCheckMissed } = assignment;
    const must = (kept: boolean, otherwise: string): void => void (kept || faults.push(`${personId}, out for ${requestId}, ${otherwise}`));
    if (requests.find(({ id }) => id === requestId)?.contactKind !== 'in-person') continue;
    const out = enRouteAt !== null || contactMadeAt !== null;
    must(!isLive(assignment) || !out || safetyCheckAt !== null, 'is not asked whether they are safe');
    // Once it is over, a person who has the alarm in hand sees to it.
    const alarmed = alarms.some((alarm) => alarm.kind === 'safety-check-missed' && alarm.subjectId === assignment.id && (isUnclosed(alarm) || (!isLive(assignment) && alarm.acknowledgedAt !== null)));
    must(safetyCheckMissed === 0 || alarmed, 'did not answer, and nobody is alarmed');
  }
  return faults;
}
