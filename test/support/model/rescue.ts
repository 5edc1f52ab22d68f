import { DeskService } from '../../../src/dispatch/desk.service.js';
import { OffersService } from '../../../src/dispatch/offers.service.js';
import { TriageAgain } from '../../../src/dispatch/triage-again.service.js';
import { EncountersService } from '../../../src/encounters/encounters.service.js';
import { AwayService } from '../../../src/shifts/away.service.js';
import { DutyService } from '../../../src/shifts/duty.service.js';
import { goesWithBuddy } from './crew.js';
import { policiesAnew, readAll } from './policy-acts.js';
import { isLive, isPending, isUnclosed, type Records, type RequestRow } from './records.js';
import { isWaiting } from './promises.js';
import type { Stage } from './stage.js';

const UNSEARCHED = ['received', 'triaged'];
const OVER = ['ended', 'closed', 'cancelled'];
/** More than a planned request, a triage nobody did and a search in rounds take. */
const MOST_STEPS = 60;

/**
 * Whatever happened: once there are peers who say yes, and somebody takes the escalations, every request gets its lead.
 * Returns a sentence for each that was lost on the way.
 */
export async function lostRequests(stage: Stage): Promise<string[]> {
  const { world, crew, clock } = stage;
  for (const { personId } of crew.supervisors) await world.get(AwayService).return(personId);
  await policiesAnew(stage);
  for (const peer of crew.rescuers) await readAll(stage, peer);
  for (const { personId } of crew.peers) await world.get(DutyService).checkOut(personId, 'peer');
  for (const peer of crew.rescuers) await world.given.checkedIn(peer, { takes: peer.takes, programmes: crew.programmes, capacity: 5, hours: 16 });
  let seen = await judged(stage, await stage.read(), () => askAboutDanger(stage));
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    seen = await takeAll(stage, await takeUp(stage, await judged(stage, seen, () => stage.sweep())));
    const waiting = seen.requests.filter((request) => isWaiting(seen, request, crew) || UNSEARCHED.includes(request.state));
    if (waiting.length === 0) return [];
    const next = Math.min(...seen.requests.flatMap(({ nextActionAt }) => (nextActionAt ? [nextActionAt.getTime()] : [])));
    if (next > seen.now.getTime()) clock.forward({ ms: next - seen.now.getTime() });
  }
  return seen.requests.filter((request) => isWaiting(seen, request, crew)).map(({ id, state, nextActionKind }) => `${id} is ${state}, owes ${nextActionKind} and lacks somebody`);
}

/** The board says "ask": nobody is sent out before danger has been asked about. */
async function askAboutDanger(stage: Stage): Promise<void> {
  for (const { id, contactKind, minor, acuity, state } of (await stage.read()).requests) {
    if (contactKind !== 'in-person' || OVER.includes(state)) continue;
    const safety = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor } as const;
    await stage.world.get(TriageAgain).triage(stage.crew.coordinator.principal, id, { acuity: acuity ?? 2, safety });
  }
}

/** What was taken away from peers is given back to them. */
async function takeUp(stage: Stage, before: Records): Promise<Records> {
  const stopped = before.escalations.filter((escalation) => isUnclosed(escalation) && !escalation.searchContinues);
  if (stopped.length === 0) return before;
  return judged(stage, before, async () => {
    for (const { id } of stopped) await stage.world.get(DeskService).returnToSearch(stage.crew.coordinator.principal, id);
    await stage.world.sweep();
  });
}

/** One after the other: an accept withdraws what the others of its wave were asked. */
async function takeAll(stage: Stage, before: Records): Promise<Records> {
  let seen = before;
  for (let offer = seen.offers.find(isPending); offer; offer = seen.offers.find(isPending)) {
    const { id, personId, subjectId } = offer;
    const peer = stage.crew.rescuers.find((rescuer) => rescuer.personId === personId);
    if (!peer) throw new Error('somebody is asked who has checked out');
    seen = await judged(stage, seen, async () => {
      const assignment = await stage.world.get(OffersService).accept(id, personId, { kind: 'account', id: peer.accountId });
      const lead = assignment.seat === 'lead' ? assignment : seen.assignments.find((one) => one.requestId === subjectId && one.seat === 'lead' && isLive(one));
      const together = assignment.seat === 'buddy' || !goesWithBuddy(stage.crew, requestOf(seen, subjectId));
      const leads = stage.crew.peers.find((one) => one.personId === lead?.personId);
      if (lead && leads && together) await stage.world.get(EncountersService).contactMade(leads.principal, lead.id);
    });
  }
  return seen;
}

async function judged(stage: Stage, before: Records, go: () => Promise<unknown>): Promise<Records> {
  await go();
  return stage.judge(before, false);
}

function requestOf({ requests }: Records, requestId: string): RequestRow {
  const request = requests.find(({ id }) => id === requestId);
  if (!request) throw new Error('an offer of no request');
  return request;
}
