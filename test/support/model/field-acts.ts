import fc from 'fast-check';
import { ConsultService } from '../../../src/dispatch/consult.service.js';
import { EncountersService } from '../../../src/encounters/encounters.service.js';
import { nth, type Act } from './act.js';
import { supervisorOf, type CrewPeer } from './crew.js';
import { isLive, isOpenConsult, isPending, type AssignmentRow, type ConsultRow, type OfferRow, type Records } from './records.js';
import type { Stage } from './stage.js';
import { liveOn } from './time-acts.js';

const n = fc.nat(3);

/** Something whoever holds an assignment says about it. */
function onWork(
  name: string, which: (assignment: AssignmentRow, seen: Records) => boolean, go: (stage: Stage, assignment: AssignmentRow, peer: CrewPeer) => Promise<unknown>,
): fc.Arbitrary<Act> {
  return n.map((index) => ({
    name: `${name} (assignment ${index})`,
    aim: (stage, seen) => {
      const assignment = nth(seen.assignments.filter((one) => which(one, seen)), index);
      const peer = stage.crew.peers.find(({ personId }) => personId === assignment?.personId);
      return assignment && peer ? { go: () => go(stage, assignment, peer) } : null;
    },
  }));
}

function inPerson({ requestId }: AssignmentRow, { requests }: Records): boolean {
  return requests.some(({ id, contactKind }) => id === requestId && contactKind === 'in-person');
}

export const settingOut = onWork('set out', (one, seen) => isLive(one) && inPerson(one, seen), (stage, { id }, who) => stage.world.get(EncountersService).enRoute(who.principal, id));
/** Also afterwards: whoever was replaced for being silent may yet be heard of. */
export const sayingSafe = onWork('say safe', inPerson, (stage, { id }, who) => stage.world.get(EncountersService).safe(who.principal, id));
/** Whoever is out does not answer, and the workers work. */
export const fallingSilent: fc.Arbitrary<Act> = n.map((index) => ({
  name: `fall silent (assignment ${index})`, settles: true, lasts: true,
  aim: (stage, seen) => {
    const checks = seen.assignments.flatMap(({ safetyCheckAt }) => (safetyCheckAt ? [safetyCheckAt.getTime()] : []));
    const ms = (nth(checks, index) ?? 0) - seen.now.getTime();
    return ms > 0 ? { expect: 'success', go: () => liveOn(stage, ms) } : null;
  },
}));
export const askingAdvice = onWork('ask for advice', isLive, (stage, { id }, who) => stage.world.get(ConsultService).ask(who.principal, id));

function onConsult(
  name: string, go: (stage: Stage, consult: ConsultRow, by: { lead: CrewPeer; supervisor: NonNullable<ReturnType<typeof supervisorOf>> }) => Promise<unknown>,
  expect?: 'success',
): fc.Arbitrary<Act> {
  return n.map((index) => ({
    name: `${name} (consult ${index})`,
    aim: (stage, seen) => {
      const consult = nth(seen.consults.filter(isOpenConsult), index);
      const assignment = seen.assignments.find(({ id }) => id === consult?.assignmentId);
      const lead = stage.crew.peers.find(({ personId }) => personId === assignment?.personId);
      const supervisor = supervisorOf(stage.crew, seen.requests.find(({ id }) => id === assignment?.requestId)?.programmeId);
      return consult && lead && supervisor ? { expect, go: () => go(stage, consult, { lead, supervisor }) } : null;
    },
  }));
}

export const takingConsult = onConsult('take the consult', (stage, { id }, { supervisor }) => stage.world.get(ConsultService).take(supervisor.principal, id), 'success');
export const endingConsult = onConsult('end the consult', (stage, { id }, { lead }) => stage.world.get(ConsultService).end(lead.principal, id), 'success');

function onConsultOffer(name: string, go: (stage: Stage, offer: OfferRow, me: Stage['crew']['supervisors'][number]) => Promise<unknown>): fc.Arbitrary<Act> {
  return n.map((index) => ({
    name: `${name} (consult offer ${index})`,
    aim: (stage, seen) => {
      const offer = nth(seen.consultOffers.filter(isPending), index);
      const me = stage.crew.supervisors.find(({ personId }) => personId === offer?.personId);
      return offer && me ? { expect: 'success', go: () => go(stage, offer, me) } : null;
    },
  }));
}

export const answeringConsult = onConsultOffer('accept the consult', (stage, { id }, me) => stage.world.get(ConsultService).acceptOffer(me.principal, id));
export const decliningConsult = onConsultOffer('decline the consult', (stage, { id }, me) => stage.world.get(ConsultService).declineOffer(me.principal, id));
