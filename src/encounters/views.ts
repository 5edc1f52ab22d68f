import type { FollowUpView, MyOutcomeView } from './contract.js';
import type { FollowUpSeen } from './follow-ups.store.js';
import type { MyOutcome } from './outcomes.store.js';

export function followUpView(followUp: FollowUpSeen): FollowUpView {
  return {
    id: followUp.id, requestId: followUp.requestId, assignmentId: followUp.assignmentId, programmeId: followUp.programmeId, personId: followUp.personId,
    peerName: followUp.peerName, state: followUp.state, dueAt: followUp.dueAt.toISOString(),
    attempts: followUp.attempts.map(({ number, mode, outcome, at }) => ({ number, mode, outcome, at: at.toISOString() })), version: followUp.version,
  };
}

export function myOutcomeView({ assignmentId, endedAt, myEnd, requestOutcome, requestState, takenUp, howItWasAsked }: MyOutcome): MyOutcomeView {
  return { assignmentId, endedAt: endedAt.toISOString(), myEnd, requestOutcome, requestState, takenUp, howItWasAsked };
}
