import fc from 'fast-check';
import type { AccountPrincipal } from '../../../src/access/principal.js';
import { ByHandService } from '../../../src/dispatch/by-hand.service.js';
import { DeskService } from '../../../src/dispatch/desk.service.js';
import { OffersService } from '../../../src/dispatch/offers.service.js';
import { TriageAgain } from '../../../src/dispatch/triage-again.service.js';
import { UndoCancel } from '../../../src/dispatch/undo-cancel.service.js';
import { after, MINUTE_MS } from '../../../src/platform/time.js';
import { AlarmsService } from '../../../src/requests/alarms.service.js';
import { CAUSES_BY_HAND } from '../../../src/requests/domain/triage.js';
import { RequestsService } from '../../../src/requests/requests.service.js';
import { AwayService } from '../../../src/shifts/away.service.js';
import { CriticalContactsService } from '../../../src/supervision/critical-contacts.service.js';
import { nth, type Act } from './act.js';
import { COMING_AND_GOING, supervisorOf } from './crew.js';
import { isPending, isUnclosed, type EscalationRow, type RequestRow } from './records.js';
import type { Stage } from './stage.js';

/** So that the rescuers of the end have hands enough. */
const MOST_REQUESTS = 10;

const n = fc.nat(4);
const often = <T extends string | number | boolean | null>(usual: T, ...others: T[]): fc.Arbitrary<T> => fc.constantFrom(usual, usual, usual, usual, usual, ...others);
const acuity = fc.constantFrom<1 | 2 | 3 | 4>(1, 2, 3, 4);
const safety = fc.record({ imminentDanger: often('no', 'unknown', 'yes'), violence: often('no', 'unknown'), medicalEmergency: often('no', 'no', 'yes'), minor: often('no', 'yes', 'unknown') });

function onRequest(name: string, which: (request: RequestRow) => boolean, go: (stage: Stage, request: RequestRow) => Promise<unknown>): fc.Arbitrary<Act> {
  return n.map((index) => ({
    name: `${name} (request ${index})`,
    aim: (stage, { requests }) => {
      const request = nth(requests.filter(which), index);
      return request ? { go: () => go(stage, request) } : null;
    },
  }));
}

function onEscalation(name: string, go: (stage: Stage, escalation: EscalationRow, by: AccountPrincipal) => Promise<unknown>): fc.Arbitrary<Act> {
  return fc.record({ index: fc.nat(2), asSupervisor: fc.boolean() }).map(({ index, asSupervisor }) => ({
    name: `${name} (escalation ${index}, by the ${asSupervisor ? 'supervisor' : 'coordinator'})`,
    aim: (stage, seen) => {
      const escalation = nth(seen.escalations.filter(isUnclosed), index);
      const programmeId = seen.requests.find((request) => request.id === escalation?.requestId)?.programmeId;
      const by = asSupervisor ? supervisorOf(stage.crew, programmeId)?.principal : stage.crew.coordinator.principal;
      return escalation && by ? { go: () => go(stage, escalation, by) } : null;
    },
  }));
}

const anyState = (): boolean => true;
const desk = ({ crew }: Stage): AccountPrincipal => crew.coordinator.principal;

export const intake: fc.Arbitrary<Act> = fc
  .record({
    programme: fc.constantFrom(0, 0, 0, 0, 1, 2, 2), by: often('desk', 'partner'), acuity: fc.option(acuity, { freq: 5, nil: undefined }), safety, language: often('en', 'es'), contactKind: fc.constantFrom('phone', 'phone', 'phone', 'text', 'in-person', 'in-person'),
    needsClinician: often(false, false, true), requesterKey: fc.constantFrom(undefined, 'REF-1', 'REF-1', 'REF-2'), inMinutes: often(null, 10),
  })
  .map(({ programme, by, inMinutes, ...said }) => ({
    name: `intake (${JSON.stringify({ programme, by, inMinutes, ...said })})`,
    aim: (stage, { requests, now }) =>
      requests.length >= MOST_REQUESTS
        ? null
        : {
            expect: 'success',
            go: () =>
              stage.world.get(RequestsService).receive(by === 'desk' ? desk(stage) : stage.crew.partner, {
                ...said, programmeId: stage.crew.programmes[programme]?.id ?? '', channel: inMinutes ? 'planned' : by === 'desk' ? 'phone' : 'partner',
                ...(inMinutes ? { notBefore: after(now, inMinutes * MINUTE_MS).toISOString() } : {}),
              }),
          },
  }));
export const triaging = fc.record({ acuity, safety: fc.option(safety, { nil: undefined }) }).chain((dto) =>
  onRequest(`triage (${JSON.stringify(dto)})`, anyState, (stage, { id }) => stage.world.get(TriageAgain).triage(desk(stage), id, dto)),
);
export const escalating = fc.constantFrom(...CAUSES_BY_HAND).chain((cause) =>
  onRequest('escalate', anyState, (stage, { id }) => stage.world.get(DeskService).escalate(desk(stage), id, cause)).map((act) => ({ ...act, name: `${act.name} ${cause}` })),
);
export const cancelling = onRequest('cancel', anyState, (stage, { id }) => stage.world.get(DeskService).cancel(desk(stage), id, 'By mistake'));
export const undoing = onRequest('undo the cancel', ({ state }) => state === 'cancelled', (stage, { id }) => stage.world.get(UndoCancel).undo(desk(stage), id));
export const reOffering = onRequest('ask everybody anew', anyState, (stage, { id }) => stage.world.get(DeskService).reOffer(desk(stage), id));
export const assigning = fc
  .record({ whom: fc.nat(COMING_AND_GOING - 1), agreed: fc.constantFrom('by-phone', 'no', 'no'), seat: often('lead', 'shadow', 'buddy'), overCap: fc.boolean() })
  .chain(({ whom, agreed, seat, overCap }) =>
    onRequest('assign by hand', anyState, (stage, { id, programmeId }) => {
      const supervisor = supervisorOf(stage.crew, programmeId);
      const overrides = overCap ? [{ gate: 'load-cap' as const, reason: 'Both agreed' }] : [];
      return stage.world.get(ByHandService).assign(supervisor?.principal ?? desk(stage), id, { personId: stage.crew.peers[whom]?.personId ?? '', agreed, seat, overrides });
    }).map((act) => ({ ...act, name: `${act.name} to peer ${whom}, ${seat}, agreed ${agreed}${overCap ? ', over the cap' : ''}` })),
  );
export const withdrawing: fc.Arbitrary<Act> = fc.nat(3).map((index) => ({
  name: `withdraw (offer ${index})`,
  aim: (stage, seen) => {
    const offer = nth(seen.offers.filter(isPending), index);
    return offer ? { expect: 'success', go: () => stage.world.get(OffersService).withdraw(offer.id, { kind: 'account', id: stage.crew.coordinator.accountId }) } : null;
  },
}));
export const acknowledging = onEscalation('acknowledge', (stage, { id }, by) => stage.world.get(DeskService).acknowledge(by, id));
export const confirming = onEscalation('confirm contact', (stage, { id }, by) => stage.world.get(DeskService).confirmContact(by, id, '988'));
export const returningToSearch = onEscalation('return to search', (stage, { id }, by) => stage.world.get(DeskService).returnToSearch(by, id));
/** A supervisor speaks with a peer after a critical contact. */
export const speakingWithPeer: fc.Arbitrary<Act> = fc.nat(2).map((index) => ({
  name: `speak with a peer (critical contact ${index})`,
  aim: (stage, seen) => {
    const [contact, supervisor] = [nth(seen.critical, index), nth(stage.crew.supervisors, index)];
    return contact && supervisor ? { go: () => stage.world.get(CriticalContactsService).contacted(supervisor.principal, contact.assignmentId), expect: 'success' } : null;
  },
}));

export const acknowledgingAlarm: fc.Arbitrary<Act> = fc.nat(2).map((index) => ({
  name: `acknowledge (alarm ${index})`,
  aim: (stage, seen) => {
    const alarm = nth(seen.alarms.filter(isUnclosed), index);
    return alarm ? { go: () => stage.world.get(AlarmsService).acknowledge(alarm.id, stage.crew.coordinator.accountId) } : null;
  },
}));
/** Nobody is left to page but the boards, and after the grace nobody to ask for. */
export const supervisorAway: fc.Arbitrary<Act> = fc.nat(2).map((index) => ({
  name: `the supervisor is away (supervisor ${index})`,
  aim: (stage) => ({ go: () => stage.world.get(AwayService).pause(stage.crew.supervisors[index]?.personId ?? '') }),
}));
export const supervisorBack: fc.Arbitrary<Act> = fc.nat(2).map((index) => ({
  name: `the supervisor is back (supervisor ${index})`,
  aim: (stage) => ({ go: () => stage.world.get(AwayService).return(stage.crew.supervisors[index]?.personId ?? '') }),
}));
