import type { LimitsAsk, LimitTerms } from '../../peers/domain/limits.js';

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

export type OwnLimits = LimitTerms & { readonly from: string; readonly until: string | null };

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

/** Who set what an appeal is about: what holds now, else the case itself. Null: the peer themself. */
export function setByWhom(raisedBy: string | null, agreements: readonly Agreement[]): string | null {
  return inEffect(agreements)?.setBy ?? raisedBy;
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

/** Somebody else has said the same already. */
export function secondToApprove(approvals: readonly ExitApproval[], by: string, target: ExitApproval['target']): boolean {
  return approvals.some((given) => given.byPerson !== by && given.target === target);
}
