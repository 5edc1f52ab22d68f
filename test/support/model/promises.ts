import { brokenBehindTheWalls, overdueBehindTheWalls } from './case-promises.js';
import { brokenInTheField } from './field-promises.js';
import { isServed } from './policy-promises.js';
import { holds, isLive, isPending, isUnclosed, type AssignmentRow, type EscalationRow, type OfferRow, type Records, type RequestRow } from './records.js';
import { besideTheStates } from './state-promises.js';
import { goesWithBuddy, type Crew } from './crew.js';

const SEARCH_STATES = ['searching', 'assigned', 'escalated'];
/** The engine found nobody, or lost somebody: answered by whoever leads. */
const ASKS_FOR_A_LEAD = ['no-candidate', 'ladder-exhausted', 'no-supervisor', 'no-relapse-policy', 'lost-peer', 'hand-over'];
/** Nobody looks again for peers later than this, by policy. */
const LONGEST_PAUSE_MS = 120_000;
const PAGED_EVERY_MS = 60_000;
const REMINDED_EVERY_MS = 300_000;

interface Around {
  readonly pending: readonly OfferRow[];
  readonly live: readonly AssignmentRow[];
  readonly lead: AssignmentRow | undefined;
  readonly escalations: readonly EscalationRow[];
  /** The seat somebody is looked for now. */
  readonly wanted: 'lead' | 'buddy' | null;
  /** Nobody goes alone, and nobody goes along yet. */
  readonly lacksBuddy: boolean;
}

/** What must be true after every step. Returns a sentence for each promise that is broken. */
export function brokenPromises(records: Records, crew: Crew): string[] {
  return [
    ...records.requests.flatMap((request) => ofRequest(request, around(records, request, crew), records.now)),
    ...ofPeople(records, crew), ...ofPages(records), ...besideTheStates(records), ...brokenInTheField(records, crew), ...brokenBehindTheWalls(records),
  ];
}

/** What must be true besides once everything that is due was settled. */
export function overdue(records: Records): string[] {
  const { now, requests, offers, exclusions, escalations, alarms, duties, aways, assignments, consults } = records;
  const late = (at: Date | null): boolean => at !== null && at <= now;
  const tooFar = (at: Date | null, ms: number): boolean => at === null || at.getTime() - now.getTime() > ms;
  const working = new Set(assignments.filter(isLive).map(({ personId }) => personId));
  const absent = new Set(aways.filter((away) => holds(away, now)).map(({ personId }) => personId));
  return [
    ...requests.filter(({ nextActionAt }) => late(nextActionAt)).map(({ id, nextActionKind }) => `${id} is overdue for ${nextActionKind}`),
    ...requests.filter(({ failures }) => failures > 0).map(({ id, failures }) => `${id} failed ${failures} times`),
    ...offers.filter(isPending).filter(({ closesAt }) => closesAt < now).map(({ subjectId }) => `an offer of ${subjectId} is open past its closing`),
    ...offers.filter(isPending).filter(({ personId }) => absent.has(personId)).map(({ personId }) => `${personId} is away and still asked`),
    ...offers
      .filter(isPending)
      .filter((offer) => exclusions.some((pair) => pair.personId === offer.personId && pair.requestId === offer.subjectId))
      .map(({ personId, subjectId }) => `${personId} is kept apart from ${subjectId} and still asked`),
    ...escalations
      .filter(isUnclosed)
      .filter(({ nextPageAt, supervisorAt }) => late(nextPageAt) || tooFar(nextPageAt, supervisorAt ? REMINDED_EVERY_MS : PAGED_EVERY_MS))
      .map(({ cause, requestId }) => `the ${cause} of ${requestId} is not paged in time`),
    ...alarms
      .filter((alarm) => isUnclosed(alarm) && alarm.acknowledgedAt === null)
      .filter(({ nextPageAt, kind }) => late(nextPageAt) || (kind !== 'overdue' && tooFar(nextPageAt, PAGED_EVERY_MS)))
      .map(({ kind }) => `the alarm ${kind} is not paged in time`),
    ...consults.filter(({ endedAt, nextPageAt }) => endedAt === null && late(nextPageAt)).map(({ id }) => `the consult ${id} is not paged in time`),
    ...duties.filter(({ until, draining }) => until <= now && !draining).map(({ personId }) => `${personId} is on duty past the end`),
    ...duties.filter(({ stillHereDueAt }) => late(stillHereDueAt)).map(({ personId }) => `${personId} was silent too long and is on duty`),
    ...duties.filter(({ personId, draining }) => draining && !working.has(personId)).map(({ personId }) => `${personId} is drained and not let go`),
    ...aways.filter(({ fromAt, beganAt }) => fromAt <= now && beganAt === null).map(({ personId }) => `the away of ${personId} did not begin`),
    ...aways.filter(({ untilAt }) => late(untilAt)).map(({ personId }) => `the away of ${personId} did not end`),
    ...overdueBehindTheWalls(records),
    ...searchedWithoutPolicy(records),
  ];
}

/** What no relapse policy was there for at any time is the supervisors' until one is. */
function searchedWithoutPolicy(records: Records): string[] {
  return records.requests
    .filter((request) => ['searching', 'assigned'].includes(request.state) && !isServed(request, records.now, records))
    .filter(({ id }) => !records.assignments.some((assignment) => assignment.requestId === id && assignment.seat === 'lead' && isLive(assignment)))
    .map(({ id, state }) => `${id} is ${state} without a relapse policy, and no supervisor has it`);
}

/** Whether somebody still has to find a lead for the request, or somebody to go along. */
export function isWaiting(records: Records, request: RequestRow, crew: Crew): boolean {
  const { wanted, lead } = around(records, request, crew);
  return wanted === 'buddy' || (wanted === 'lead' && !lead);
}

function around(records: Records, request: RequestRow, crew: Crew): Around {
  const { id, state } = request;
  const live = records.assignments.filter((assignment) => assignment.requestId === id && isLive(assignment));
  const escalations = records.escalations.filter((escalation) => escalation.requestId === id && isUnclosed(escalation));
  const lead = live.find(({ seat }) => seat === 'lead');
  const leadWanted = !lead || lead.handingOverAt !== null;
  const lacksBuddy = goesWithBuddy(crew, request) && !live.some(({ seat }) => seat === 'buddy');
  const searched = SEARCH_STATES.includes(state) && escalations.every(({ searchContinues }) => searchContinues);
  const seat = leadWanted ? 'lead' : lacksBuddy ? 'buddy' : null;
  return {
    live, lead, escalations, pending: records.offers.filter((offer) => offer.subjectId === id && isPending(offer)),
    wanted: searched ? seat : null, lacksBuddy,
  };
}

function ofRequest(request: RequestRow, about: Around, now: Date): string[] {
  const { id, state, acuity, nextActionAt, searchAt } = request;
  const { pending, live, lead, escalations, wanted } = about;
  const faults: string[] = [];
  const must = (kept: boolean, otherwise: string): void => void (kept || faults.push(`${id} (${state}): ${otherwise}`));
  must((nextActionAt !== null) === !['closed', 'cancelled'].includes(state), 'has no next step, or one too many');
  must(live.filter(({ seat }) => seat === 'lead').length <= 1, 'has two leads');
  if (!SEARCH_STATES.includes(state)) {
    must(live.length === 0, 'has somebody in a seat');
    must(pending.length === 0, 'is offered to somebody');
    must(escalations.length === 0, 'has an open escalation');
    return faults;
  }
  must((state === 'escalated') === escalations.length > 0, `has ${escalations.length} open escalations`);
  must(state === 'escalated' || (state === 'assigned') === (lead !== undefined), lead ? 'has a lead' : 'has no lead');
  const toLead = pending.filter(({ seat }) => seat === 'lead');
  for (const seat of ['lead', 'buddy', 'shadow']) {
    const asked = pending.filter((offer) => offer.seat === seat && !offer.directed);
    must(asked.length === 0 || wanted === seat, `is offered though no ${seat} is looked for`);
  }
  must(live.filter(({ seat }) => seat === 'buddy').length <= 1, 'has two buddies');
  must(toLead.length === 0 || !lead || lead.handingOverAt !== null, 'is offered though somebody leads it');
  const answered = lead && !lead.handingOverAt ? escalations.filter(({ cause }) => ASKS_FOR_A_LEAD.includes(cause)) : [];
  must(answered.length === 0, `has a lead, and is escalated as ${answered[0]?.cause}`);
  const first = Math.min(...owed(about, searchAt).map((at) => at.getTime()));
  must(nextActionAt !== null && nextActionAt.getTime() <= first, `looks at its next step at ${nextActionAt?.toISOString()}, and owes one at ${iso(first)}`);
  must(!wanted || searchAt !== null, 'looks for nobody');
  must(!wanted || acuity !== null, 'is searched for, and nobody knows how urgent it is');
  const pauseMs = searchAt ? searchAt.getTime() - now.getTime() : 0;
  must(!wanted || pending.length > 0 || pauseMs <= LONGEST_PAUSE_MS, `asks nobody and looks again only in ${pauseMs} ms`);
  return faults;
}

/** What has to happen to the request next, from the rows themselves. */
function owed({ pending, live, lead, lacksBuddy, escalations, wanted }: Around, searchAt: Date | null): Date[] {
  const times = [...pending.map(({ closesAt }) => new Date(closesAt.getTime() + 1)), ...escalations.map(({ nextPageAt }) => nextPageAt)];
  if (lead?.contactMadeAt) times.push(lead.nextCheckAt);
  // Nobody has to begin alone.
  else if (lead && !lacksBuddy) times.push(lead.contactDueAt);
  times.push(...live.map(({ safetyCheckAt }) => safetyCheckAt));
  if (wanted) times.push(searchAt);
  return times.filter((at) => at !== null);
}

function ofPeople({ offers, assignments, duties, aways, requests }: Records, crew: Crew): string[] {
  const faults: string[] = [];
  const pending = offers.filter(isPending);
  for (const { personId, youthCleared } of crew.peers) {
    const must = (kept: boolean, otherwise: string): void => void (kept || faults.push(`${personId} ${otherwise}`));
    const asked = pending.filter((offer) => offer.personId === personId);
    const slots = assignments.filter((assignment) => assignment.personId === personId && isLive(assignment)).map(({ slot }) => slot);
    const rounds = offers.filter((offer) => offer.personId === personId && offer.status !== 'superseded').map((offer) => `${offer.subjectId}/${offer.round}`);
    const duty = duties.find((row) => row.personId === personId);
    must(new Set(slots).size === slots.length, 'is in one slot twice');
    must(new Set(rounds).size === rounds.length, 'was asked twice in a round');
    const away = aways.find((row) => row.personId === personId && row.beganAt);
    must(!away || !duty || duty.draining, 'has gone away and is on duty');
    const unfit = assignments.find(
      (own) => own.personId === personId && isLive(own) && !youthCleared && own.handingOverAt === null && requests.some(({ id, minor }) => id === own.requestId && minor === 'yes'),
    );
    must(unfit === undefined, 'is with a minor and hands over to nobody');
    if (asked.length === 0) continue;
    must(asked.length === 1, `is asked ${asked.length} things at once`);
    must(duty !== undefined && !duty.draining, 'is off duty and asked');
    must(!duty?.stillHereAskedAt, 'is asked though nobody knows whether they are there');
    must(!away, 'has gone away and is asked');
    const minors = asked.some(({ subjectId }) => requests.find(({ id }) => id === subjectId)?.minor === 'yes');
    must(!minors || youthCleared, 'is asked for a minor');
  }
  return faults;
}

function ofPages({ escalations, alarms }: Records): string[] {
  return [
    ...escalations.filter((e) => isUnclosed(e) && e.nextPageAt === null).map(({ cause, requestId }) => `the ${cause} of ${requestId} is paged no more`),
    ...escalations.filter(({ pagesSent, reached }) => pagesSent < 1 || reached < 1).map(({ cause, requestId }) => `a page for the ${cause} of ${requestId} reached nobody`),
    ...alarms
      .filter((alarm) => isUnclosed(alarm) && alarm.acknowledgedAt === null && alarm.pagesSent > 0 && alarm.nextPageAt === null)
      .map(({ kind }) => `the alarm ${kind} is paged no more`),
  ];
}

function iso(ms: number): string {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : 'no time at all';
}
