import fc from 'fast-check';
import { ApartService } from '../../../src/dispatch/apart.service.js';
import { OffersService } from '../../../src/dispatch/offers.service.js';
import { GivingUpService } from '../../../src/dispatch/giving-up.service.js';
import { INTENSITIES, type Intensity } from '../../../src/encounters/domain/encounter.js';
import { EncountersService } from '../../../src/encounters/encounters.service.js';
import { UndoCloseOut } from '../../../src/encounters/undo-close-out.service.js';
import { ExclusionsService } from '../../../src/peers/exclusions.service.js';
import { LimitsService } from '../../../src/peers/limits.service.js';
import { Database } from '../../../src/platform/database/database.js';
import { SignsOfLife } from '../../../src/platform/signs-of-life.store.js';
import { after, MINUTE_MS, SECOND_MS } from '../../../src/platform/time.js';
import { AwayService } from '../../../src/shifts/away.service.js';
import { CheckInService } from '../../../src/shifts/check-in.service.js';
import { DutyService } from '../../../src/shifts/duty.service.js';
import { nth, type Act } from './act.js';
import { COMING_AND_GOING, type CrewPeer } from './crew.js';
import { holds, isLive, isPending, type AssignmentRow, type OfferRow, type Records } from './records.js';
import type { Stage } from './stage.js';
import { hasRoom } from './steps.js';

const n = fc.nat(3);
const peer = fc.nat(COMING_AND_GOING - 1);
const named = (stage: Stage, index: number): CrewPeer => stage.crew.peers[index] as CrewPeer;
const owner = (stage: Stage, { personId }: { readonly personId: string }): CrewPeer => stage.crew.peers.find((one) => one.personId === personId) as CrewPeer;
const actor = ({ accountId }: CrewPeer) => ({ kind: 'account', id: accountId }) as const;

/** Something a peer does with an offer: to one of those that `which` lets through. */
function onOffer(
  name: string, which: (offer: OfferRow) => boolean, go: (stage: Stage, offer: OfferRow, peer: CrewPeer) => Promise<unknown>,
  expected: (offer: OfferRow, seen: Records) => 'success' | 'refusal' | undefined = () => undefined,
): fc.Arbitrary<Act> {
  return n.map((index) => ({
    name: `${name} (offer ${index})`,
    aim: (stage, seen) => {
      const offer = nth(seen.offers.filter(which), index);
      return offer ? { go: () => go(stage, offer, owner(stage, offer)), expect: expected(offer, seen) } : null;
    },
  }));
}

function onAssignment(
  name: string, which: (assignment: AssignmentRow) => boolean, go: (stage: Stage, assignment: AssignmentRow, peer: CrewPeer) => Promise<unknown>,
): fc.Arbitrary<Act> {
  return n.map((index) => ({
    name: `${name} (assignment ${index})`,
    aim: (stage, seen) => {
      const assignment = nth(seen.assignments.filter(which), index);
      return assignment ? { go: () => go(stage, assignment, owner(stage, assignment)) } : null;
    },
  }));
}

function onSelf(name: string, go: (stage: Stage, peer: CrewPeer) => Promise<unknown>): fc.Arbitrary<Act> {
  return peer.map((index) => ({ name: `${name} (peer ${index})`, aim: (stage) => ({ go: () => go(stage, named(stage, index)) }) }));
}

const accept = (stage: Stage, offer: OfferRow, who: CrewPeer) => stage.world.get(OffersService).accept(offer.id, who.personId, actor(who));
const giveUp = (cause: Parameters<GivingUpService['giveUp']>[2]) => (stage: Stage, { id }: AssignmentRow, who: CrewPeer) =>
  stage.world.get(GivingUpService).giveUp(id, who.personId, cause, actor(who));
const closeOut = (followUp: boolean, intensity: Intensity = 'calm') => (stage: Stage, { id }: AssignmentRow, who: CrewPeer) =>
  stage.world.get(EncountersService).closeOut(who.principal, id, { outcome: 'supported', reasons: [], intensity, followUp });

export const accepting = onOffer('accept', isPending, accept, ({ madeAt, closesAt, personId, subjectId }, seen) => {
  if (seen.now > closesAt) return 'refusal';
  const away = seen.aways.some((span) => span.personId === personId && holds(span, seen.now));
  const critical = seen.critical.some((contact) => contact.personId === personId);
  // Only the engine knows whether the offer lies within them.
  const limited = seen.limits.some((row) => row.personId === personId && holds(row, seen.now) && row.fromAt >= madeAt);
  // Checked in anew since they were asked, for less.
  const kind = seen.requests.find(({ id }) => id === subjectId)?.contactKind ?? '';
  const takes = seen.duties.some((duty) => duty.personId === personId && duty.contactKinds.includes(kind));
  return hasRoom(seen, personId) && takes && !away && !critical && !limited ? 'success' : undefined;
});
export const acceptingAgain = onOffer('accept once more', (offer) => !isPending(offer), accept, ({ status }) => (status === 'accepted' ? 'success' : 'refusal'));
export const declining = onOffer('decline', isPending, (stage, offer, who) => stage.world.get(OffersService).decline(offer.id, who.personId, actor(who)), () => 'success');
export const declineLate = onOffer('decline late', (offer) => !isPending(offer), (stage, offer, who) => stage.world.get(OffersService).decline(offer.id, who.personId, actor(who)));
export const knowing = onOffer('know the person from the offer', isPending, (stage, offer, who) => stage.world.get(ApartService).fromOffer(offer.id, who.personId, actor(who)), () => 'success');

/** Nobody answers until the offer is over. */
export const ignoring: fc.Arbitrary<Act> = fc.record({ index: n, byMs: fc.constantFrom(0, 1, 1_000) }).map(({ index, byMs }) => ({
  name: `ignore (offer ${index}, ${byMs} ms past its closing)`,
  aim: (stage, seen) => {
    const offer = nth(seen.offers.filter(isPending), index);
    const ms = offer ? offer.closesAt.getTime() - seen.now.getTime() + byMs : 0;
    return ms > 0 ? { go: async () => stage.clock.forward({ ms }) } : null;
  },
}));

const contacts = (assignment: AssignmentRow): boolean => isLive(assignment) && assignment.contactMadeAt === null && assignment.seat === 'lead';
export const makingContact = onAssignment('make contact', contacts, (stage, { id }, who) => stage.world.get(EncountersService).contactMade(who.principal, id));
export const closingOut = fc.tuple(fc.boolean(), fc.constantFrom(...INTENSITIES)).chain(([followUp, intensity]) =>
  onAssignment(`close out ${intensity}`, ({ seat }) => seat === 'lead', closeOut(followUp, intensity)));
export const closingOutContact = fc.constantFrom(...INTENSITIES).chain((intensity) =>
  onAssignment(`close out a contact ${intensity}`, (assignment) => isLive(assignment) && assignment.contactMadeAt !== null, closeOut(false, intensity)));
export const takingCloseOutBack = onAssignment('take the close-out back', (assignment) => !isLive(assignment) && assignment.intensity !== null, (stage, { id }, who) =>
  stage.world.get(UndoCloseOut).undo(who.principal, id));
/** What is owed since it was taken back, whatever became of the request in the meantime. */
export const closingOutOwed = onAssignment('close out what is owed', ({ seat, endReason, intensity }) => seat === 'lead' && endReason === 'closed' && intensity === null, closeOut(false));
export const handingBack = onAssignment('hand back', isLive, giveUp('handed-back'));
export const mustGo = onAssignment('must go', isLive, giveUp('must-go'));
export const knowingLate = onOffer('know the person from a closed offer', (offer) => !isPending(offer), (stage, offer, who) => stage.world.get(ApartService).fromOffer(offer.id, who.personId, actor(who)), () => 'success');
export const knownPerson = onAssignment('know the person', isLive, (stage, { id }, who) => stage.world.get(ApartService).fromAssignment(id, who.personId, actor(who)));
export const beyondScope = onAssignment('beyond scope', isLive, giveUp('beyond-scope'));
export const givingUpLate = onAssignment('hand back late', (assignment) => !isLive(assignment), giveUp('handed-back'));

export const checkingIn: fc.Arbitrary<Act> = fc
  .record({ index: peer, minutes: fc.constantFrom(480, 480, 30, 5), capacity: fc.constantFrom(1, 1, 2), maxAcuity: fc.constantFrom(null, null, 2, 3), phoneOnly: fc.boolean(), buddyOnly: fc.constantFrom(false, false, false, true) })
  .map(({ index, minutes, capacity, maxAcuity, phoneOnly, buddyOnly }) => ({
    name: `check in (peer ${index}, ${minutes} min, capacity ${capacity}, acuity ${maxAcuity ?? 'any'}${phoneOnly ? ', phone only' : ''}${buddyOnly ? ', buddy only' : ''})`,
    aim: (stage, seen) => {
      const who = named(stage, index);
      return {
        go: () =>
          stage.world.get(CheckInService).checkIn(who.principal, {
            dutyAs: 'peer', mode: 'active', programmeIds: stage.crew.programmes.map(({ id }) => id), until: after(seen.now, minutes * MINUTE_MS),
            contactKinds: phoneOnly && who.takes.includes('phone') ? ['phone'] : who.takes, maxAcuity, buddyOnly, capacity, place: null,
          }),
      };
    },
  }));
export const checkingOut = onSelf('check out', (stage, who) => stage.world.get(DutyService).checkOut(who.personId, 'peer'));
/** The phone dies, or its page is closed, and soon counts as gone. */
export const closingPage = onSelf('close the page', (stage, who) => stage.world.given.pageSeen(who, stage.clock.now()));
export const openingPage = onSelf('open the page', (stage, who) => stage.world.get(Database).withTx((tx) => stage.world.get(SignsOfLife).seen(tx, [who.personId], stage.clock.now())));
export const pausing = onSelf('pause', (stage, who) => stage.world.get(AwayService).pause(who.personId));
export const returning = onSelf('return', (stage, who) => stage.world.get(AwayService).return(who.personId));
export const stillHere = onSelf('still here', (stage, who) => stage.world.get(DutyService).stillHere(who.personId));
const span = fc.record({ inSeconds: fc.constantFrom(0, 5, 5, 40, 600, 1_200), forMinutes: fc.constantFrom(1, 30, null) });
const away = (stage: Stage, now: Date, personId: string, { inSeconds, forMinutes }: { readonly inSeconds: number; readonly forMinutes: number | null }) => {
  const from = after(now, inSeconds * SECOND_MS);
  return stage.world.get(AwayService).set(personId, { from, until: forMinutes === null ? null : after(from, forMinutes * MINUTE_MS) });
};
export const goingAway: fc.Arbitrary<Act> = fc.record({ index: peer, when: span }).map(({ index, when }) => ({
  name: `away (peer ${index}, in ${when.inSeconds} s, for ${when.forMinutes ?? 'ever'})`,
  aim: (stage, seen) => ({ go: () => away(stage, seen.now, named(stage, index).personId, when) }),
}));
/** Who is being asked goes, and may yet say yes. */
export const goingAwayAsked = span.chain((when) =>
  onOffer('away while asked', isPending, (stage, { personId }) => away(stage, stage.clock.now(), personId, when)).map((act) => ({
    ...act, name: `${act.name}, in ${when.inSeconds} s, for ${when.forMinutes ?? 'ever'}`,
  })),
);
export const limiting: fc.Arbitrary<Act> = fc.record({ index: peer, maxAcuity: fc.constantFrom(null, 2, 3), textOnly: fc.boolean(), forMinutes: fc.constantFrom(5, null) }).map(
  ({ index, maxAcuity, textOnly, forMinutes }) => ({
    name: `limits (peer ${index}, acuity ${maxAcuity ?? 'any'}${textOnly ? ', text only' : ''}, for ${forMinutes ?? 'ever'})`,
    aim: (stage, seen) => ({
      go: () =>
        stage.world.get(LimitsService).set(named(stage, index).personId, {
          contactKinds: textOnly ? ['text'] : null, maxAcuity, buddyOnly: false, noNights: false, hoursAWeek: null, from: seen.now,
          until: forMinutes === null ? null : after(seen.now, forMinutes * MINUTE_MS),
        }),
    }),
  }),
);
/** Who is being asked takes less from now on, and may yet say yes. */
export const limitingAsked = fc.constantFrom(3, 4).chain((maxAcuity) =>
  onOffer('limits while asked', isPending, (stage, { personId }) => {
    const terms = { contactKinds: null, maxAcuity, buddyOnly: false, noNights: false, hoursAWeek: null } as const;
    return stage.world.get(LimitsService).set(personId, { ...terms, from: stage.clock.now(), until: null });
  }).map((act) => ({ ...act, name: `${act.name}, acuity ${maxAcuity}` })),
);
export const liftingLimits = onSelf('lift limits', (stage, who) => stage.world.get(LimitsService).lift(who.personId));
export const excluding: fc.Arbitrary<Act> = fc.record({ index: peer, key: fc.constantFrom('REF-1', 'REF-1', 'REF-2') }).map(({ index, key }) => ({
  name: `keep apart (peer ${index}, ${key})`,
  aim: (stage) => ({ go: () => stage.world.get(ExclusionsService).excludeRequester(named(stage, index).personId, key) }),
}));
