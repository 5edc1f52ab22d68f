import type { AccountPrincipal } from '../access/principal.js';
import type { InPersonRule } from '../programmes/domain/programme.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import type { Escalation, Taker } from '../requests/domain/escalation.js';
import type {
  AssignmentView, ConsultView, EscalationView, MyAssignmentView, MyOfferView, OfferView, RequestView, ScriptView, StaffAssignmentView, StaffOfferView,
} from './contract.js';
import type { ConsultSeen } from './consult.store.js';
import { stateOf, type Assignment } from './domain/assignment.js';
import { consultStateOf } from './domain/consult.js';
import type { Offer } from './domain/offer.js';

const iso = (at: Date): string => at.toISOString();
const isoOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;

/** For everybody but the peer: which gates were lifted to ask them may say why they rest. */
export function offerView(offer: Offer, request: CrisisRequest, area: string | null): OfferView {
  return {
    id: offer.id, purpose: offer.purpose, status: offer.status, expiresAt: iso(offer.expiresAt), acuity: request.urgency,
    contactKind: request.contactKind, language: request.language, area, format: offer.purpose === 'consult' ? 'consult' : offer.seat,
    lifted: [], version: offer.version,
  };
}

export function myOfferView(offer: Offer, request: CrisisRequest, area: string | null, rule: InPersonRule | null): MyOfferView {
  const inPersonRule = request.contactKind === 'in-person' && offer.purpose !== 'consult' ? rule : null;
  return { ...offerView(offer, request, area), lifted: offer.overrides.map(({ gate }) => gate), inPersonRule };
}

export function staffOfferView(offer: Offer, request: CrisisRequest, area: string | null, peerName: string, policyVersion: number): StaffOfferView {
  return {
    ...offerView(offer, request, area), personId: offer.personId, peerName, round: offer.round, directed: offer.directed, policyVersion, madeAt: iso(offer.madeAt),
    closedAt: isoOrNull(offer.closedAt), why: [...offer.why.terms],
  };
}

export function assignmentView(assignment: Assignment): AssignmentView {
  return {
    id: assignment.id, requestId: assignment.requestId, seat: assignment.seat, state: stateOf(assignment), acceptedAt: iso(assignment.acceptedAt),
    contactMadeAt: isoOrNull(assignment.contactMadeAt), endedAt: isoOrNull(assignment.endedAt), version: assignment.version,
  };
}

export function staffAssignmentView(assignment: Assignment, peerName: string): StaffAssignmentView {
  return {
    ...assignmentView(assignment), personId: assignment.personId, peerName, contactDueAt: iso(assignment.contactDueAt), enRouteAt: isoOrNull(assignment.enRouteAt),
    safetyCheckAt: isoOrNull(assignment.safetyCheckAt), handingOverSince: assignment.endedAt ? null : isoOrNull(assignment.handingOverAt),
  };
}

export function consultView(consult: ConsultSeen): ConsultView {
  return {
    id: consult.id, requestId: consult.requestId, assignmentId: consult.assignmentId, state: consultStateOf(consult), peerName: consult.peerName,
    urgency: consult.urgency, contactKind: consult.contactKind, language: consult.language,
    askedAt: iso(consult.askedAt), takenByName: consult.takenByName, takenByAccountId: consult.takenBy, takenAt: isoOrNull(consult.takenAt), endedAt: isoOrNull(consult.endedAt),
    pagesSent: consult.pagesSent, version: consult.version,
  };
}

export function myAssignmentView(
  assignment: Assignment, request: CrisisRequest, parts: Pick<MyAssignmentView, 'area' | 'callingInstruction' | 'callingInstructionEs' | 'inPersonRule' | 'buddy' | 'consult' | 'script' | 'closeOutDue' | 'requestNumber'>,
): MyAssignmentView {
  return {
    ...assignmentView(assignment), acuity: request.urgency, contactKind: request.contactKind, language: request.language,
    ...parts, lifted: assignment.overrides.map(({ gate }) => gate), populations: [...request.needs.populations], experience: [...request.needs.experience],
    contactDueAt: iso(assignment.contactDueAt), enRouteAt: isoOrNull(assignment.enRouteAt), safetyCheckAt: isoOrNull(assignment.safetyCheckAt),
    checkAskedAt: isoOrNull(assignment.checkAskedAt),
  };
}

export function escalationView(escalation: Escalation, script: ScriptView | null, acknowledgedByName: string | null, mayTake: boolean): EscalationView {
  return {
    id: escalation.id, requestId: escalation.requestId, cause: escalation.cause, tier: escalation.tier, ownerAccountId: escalation.ownerAccountId, script,
    openedAt: iso(escalation.openedAt), pagesSent: escalation.pagesSent, acknowledgedAt: isoOrNull(escalation.acknowledgedAt), acknowledgedByName, supervisorAt: isoOrNull(escalation.supervisorAt),
    mayTake, contactConfirmedAt: isoOrNull(escalation.contactConfirmedAt), contactConfirmedBy: escalation.contactConfirmedBy,
    contactConfirmedName: escalation.contactConfirmedName, closedAt: isoOrNull(escalation.closedAt), version: escalation.version,
  };
}

/** What a reader is to the escalations of a programme, once it is known on which lists of clinicians they are. */
export function takerIn({ personId, roles }: AccountPrincipal, clinicianIn: ReadonlySet<string>): (programmeId: string) => Taker {
  return (programmeId) => ({ personId, supervisor: roles.includes('supervisor'), clinicianOnCall: clinicianIn.has(programmeId) });
}

/** What nobody has asked yet and somebody should. */
export function questionsToAsk(request: CrisisRequest): string[] {
  return (['imminentDanger', 'violence', 'medicalEmergency', 'minor'] as const).filter((question) => request.safety[question] === 'unknown');
}

export function requestView(
  request: CrisisRequest, parts: { area: string | null; offers: OfferView[]; assignment: AssignmentView | null; escalation: EscalationView | null },
): RequestView {
  const { nextAction, needs, safety } = request;
  return {
    id: request.id, programmeId: request.programmeId, state: request.state, acuity: request.acuity,
    effectiveUrgency: request.urgency, channel: request.channel, contactKind: request.contactKind, language: request.language,
    area: parts.area, forWhom: request.forWhom,
    needs: { populations: [...needs.populations], experience: [...needs.experience], skills: [...needs.skills] }, safety: { ...safety },
    needsClinician: request.needsClinician, externalRef: request.externalRef, receivedAt: iso(request.receivedAt),
    requestedAt: isoOrNull(request.requestedAt), notBefore: isoOrNull(request.notBefore), endedAt: isoOrNull(request.endedAt),
    closedAt: isoOrNull(request.closedAt), nextAction: nextAction ? { kind: nextAction.kind, dueAt: iso(nextAction.dueAt) } : null,
    offers: parts.offers, assignment: parts.assignment, escalation: parts.escalation, version: request.version,
  };
}
