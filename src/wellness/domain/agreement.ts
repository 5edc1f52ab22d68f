import type { LimitsAsk, LimitTerms } from '../../peers/domain/limits.js';
import { needsTwo, type FlagCase } from './flag-case.js';

export const AGREEMENT_KINDS = ['limits', 'leave', 'return'] as const;
export type AgreementKind = (typeof AGREEMENT_KINDS)[number];

/** What was proposed to the peer, and became of it. A graded return is several, one after the other. */
export interface Agreement {
  readonly id: string;
  readonly caseId: string;
  readonly personId: string;
  readonly kind: AgreementKind;
  readonly position: number;
  /** Null: time off altogether. */
  readonly terms: LimitTerms | null;
  /** After so many days it is looked at again. It ends by nobody's clock. */
  readonly days: number;
  readonly setBy: string;
  readonly setAt: Date;
  readonly answer: 'agreed' | 'declined' | null;
  readonly answeredAt: Date | null;
  readonly beganAt: Date | null;
  readonly dueAt: Date | null;
  readonly signedOffBy: string | null;
  readonly signedOffAt: Date | null;
  readonly endedAt: Date | null;
  /** The limits the peer had set for themself when it began: as JSON keeps them. */
  readonly ownLimits: OwnLimits | null;
  /** The away it began with: what the peer sets for themself afterwards is not ended with it. */
  readonly awayId: string | null;
}

type OwnLimits = LimitTerms & { readonly from: string; readonly until: string | null };

export function keptOwn(own: LimitsAsk | null): OwnLimits | null {
  if (!own) return null;
  const { contactKinds, maxAcuity, buddyOnly, noNights, hoursAWeek, from, until } = own;
  return { contactKinds, maxAcuity, buddyOnly, noNights, hoursAWeek, from: from.toISOString(), until: until?.toISOString() ?? null };
}

export function ownAgain(own: OwnLimits | null): LimitsAsk | null {
  return own && { ...own, from: new Date(own.from), until: own.until === null ? null : new Date(own.until) };
}

/** The one that holds now: at most one for each person. */
export function inEffect(agreements: readonly Agreement[]): Agreement | null {
  return agreements.find(({ beganAt, endedAt }) => beganAt !== null && endedAt === null) ?? null;
}

/** Who set what an appeal is about: what holds now, else the case itself. Empty: the peer themself. */
export function setByWhom(raisers: readonly string[], agreements: readonly Agreement[]): readonly string[] {
  const current = inEffect(agreements);
  return current ? [current.setBy] : raisers;
}

/** What waits for the peer's answer. */
export function proposed(agreements: readonly Agreement[]): Agreement[] {
  return agreements.filter(({ answer, endedAt }) => answer === null && endedAt === null);
}

/** The graded return the peer has agreed to and that has steps left, in their order. */
export function stepsLeft(agreements: readonly Agreement[]): Agreement[] {
  return agreements
    .filter(({ kind, answer, beganAt, endedAt }) => kind === 'return' && answer === 'agreed' && beganAt === null && endedAt === null)
    .toSorted((a, b) => a.position - b.position);
}

export interface ExitApproval {
  readonly byPerson: string;
  readonly target: 'returning' | 'closed';
  readonly at: Date;
}

/** What one more word about leaving does: it is the first of two, or carries it out. Null: nothing is to be left, or not that way. */
export function exitStep(
  { state, contactMadeAt }: Pick<FlagCase, 'state' | 'contactMadeAt'>, said: readonly ExitApproval[], { byPerson, target }: Pick<ExitApproval, 'byPerson' | 'target'>, returnAgreed: boolean,
): 'first-word' | 'leave' | null {
  if (!needsTwo(state) || (target === 'returning' && !returnAgreed) || (target === 'closed' && !contactMadeAt)) return null;
  return secondToApprove(said, byPerson, target) ? 'leave' : 'first-word';
}

/** Of these people, those who have not said what somebody else has. */
export function owesWord(approvals: readonly ExitApproval[], people: readonly string[]): string[] {
  const hasSaid = (id: string, target: ExitApproval['target']): boolean => approvals.some((given) => given.byPerson === id && given.target === target);
  return people.filter((id) => approvals.some(({ target }) => !hasSaid(id, target)));
}

/** Somebody else has said the same already. */
export function secondToApprove(approvals: readonly ExitApproval[], by: string, target: ExitApproval['target']): boolean {
  return approvals.some((given) => given.byPerson !== by && given.target === target);
}
