import { DeskService } from '../../../src/dispatch/desk.service.js';
import { OffersService } from '../../../src/dispatch/offers.service.js';
import { EncountersService } from '../../../src/encounters/encounters.service.js';
import { AwayService } from '../../../src/shifts/away.service.js';
import { DutyService } from '../../../src/shifts/duty.service.js';
import { isPending, isUnclosed, type Records } from './records.js';
import { isWaiting } from './promises.js';
import type { Stage } from './stage.js';

const UNSEARCHED = ['received', 'triaged'];
/** More than a planned request, a triage nobody did and a search in rounds take. */
const MOST_STEPS = 60;

/**
 * Whatever happened: once there are peers who say yes, and somebody takes the escalations, every request gets its lead.
 * Returns a sentence for each that was lost on the way.
 */
export async function lostRequests(stage: Stage): Promise<string[]> {
  const { world, crew, clock } = stage;
  for (const { personId } of [...crew.supervisors, ...crew.peers]) await world.get(AwayService).return(personId);
  for (const { personId } of crew.peers) await world.get(DutyService).checkOut(personId, 'peer');
  for (const peer of crew.rescuers) await world.given.checkedIn(peer, { takes: peer.takes, programmes: crew.programmes, capacity: 5, hours: 16 });
  let seen = await stage.read();
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    seen = await takeAll(stage, await takeUp(stage, await judged(stage, seen, () => stage.sweep())));
    const waiting = seen.requests.filter((request) => isWaiting(seen, request) || UNSEARCHED.includes(request.state));
    if (waiting.length === 0) return [];
    const next = Math.min(...seen.requests.flatMap(({ nextActionAt }) => (nextActionAt ? [nextActionAt.getTime()] : [])));
    if (next > seen.now.getTime()) clock.forward({ ms: next - seen.now.getTime() });
  }
  return seen.requests.filter((request) => isWaiting(seen, request)).map(({ id, state, nextActionKind }) => `${id} is ${state}, owes ${nextActionKind} and has no lead`);
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
    const { id, personId } = offer;
    const peer = stage.crew.rescuers.find((rescuer) => rescuer.personId === personId);
    if (!peer) throw new Error('somebody is asked who has checked out');
    seen = await judged(stage, seen, async () => {
      const assignment = await stage.world.get(OffersService).accept(id, personId, { kind: 'account', id: peer.accountId });
      await stage.world.get(EncountersService).contactMade(peer.principal, assignment.id);
    });
  }
  return seen;
}

async function judged(stage: Stage, before: Records, go: () => Promise<unknown>): Promise<Records> {
  await go();
  return stage.judge(before, false);
}
