import type { Tx } from '../../../src/platform/database/tx.js';
import type { LimitTerms } from '../../../src/peers/domain/limits.js';

export interface CaseRow {
  readonly id: string;
  readonly personId: string;
  readonly state: 'open' | 'supported' | 'restricted' | 'on-leave' | 'returning' | 'closed';
  readonly toldAt: Date | null;
  /** Null until the peer was told. */
  readonly contactDueAt: Date | null;
  readonly contactMadeAt: Date | null;
  readonly askedOf: string;
  readonly reviewAt: Date | null;
  readonly remindedAt: Date | null;
  readonly openedAt: Date;
  readonly wordDueAt: Date | null;
  readonly wordAskedAt: Date | null;
  readonly appealDueAt: Date | null;
  readonly appealAskedAt: Date | null;
  readonly appealedAt: Date | null;
  readonly appealHeardAt: Date | null;
  readonly nextDueAt: Date | null;
}

export interface AgreementRow {
  readonly id: string;
  readonly caseId: string;
  readonly personId: string;
  readonly kind: 'limits' | 'leave' | 'return';
  readonly terms: LimitTerms | null;
  readonly answer: 'agreed' | 'declined' | null;
  readonly beganAt: Date | null;
  readonly dueAt: Date | null;
  readonly signedOffBy: string | null;
  readonly signedOffAt: Date | null;
  readonly endedAt: Date | null;
}

interface RelapsePolicyTimes {
  readonly id: string;
  readonly programmeId: string;
  readonly number: number;
  readonly effectiveAt: Date;
  readonly expiresAt: Date;
}

/** What stands behind the wellness walls, as it is read there. */
export interface CareRecords {
  readonly cases: readonly CaseRow[];
  readonly caseSteps: readonly { readonly id: string; readonly caseId: string; readonly byPerson: string | null; readonly act: string }[];
  readonly agreements: readonly AgreementRow[];
  readonly approvals: readonly { readonly caseId: string; readonly byPerson: string; readonly target: string }[];
  /** Every letter there was. */
  readonly written: readonly { readonly toPerson: string; readonly dueAt: Date }[];
  /** Letters nobody has sent. */
  readonly letters: readonly { readonly toPerson: string; readonly dueAt: Date }[];
  readonly relapsePolicies: readonly RelapsePolicyTimes[];
  readonly acknowledged: readonly { readonly policyId: string; readonly personId: string }[];
  readonly confirmed: readonly { readonly programmeId: string; readonly at: Date }[];
  /** When somebody sees to a programme's policy next. */
  readonly policiesDue: readonly { readonly programmeId: string; readonly dueAt: Date }[];
}

export async function readCare(tx: Tx): Promise<CareRecords> {
  return {
    cases: await tx.rows<CaseRow>('SELECT * FROM wellness.flag_case ORDER BY opened_at, id'),
    caseSteps: await tx.rows<CareRecords['caseSteps'][number]>('SELECT id, case_id, by_person, act FROM wellness.case_step'),
    agreements: await tx.rows<AgreementRow>('SELECT * FROM wellness.agreement ORDER BY set_at, position'),
    approvals: await tx.rows<CareRecords['approvals'][number]>('SELECT case_id, by_person, target FROM wellness.exit_approval'),
    written: await tx.rows<CareRecords['written'][number]>('SELECT to_person, due_at FROM wellness.outbox'),
    letters: await tx.rows<CareRecords['letters'][number]>('SELECT to_person, due_at FROM wellness.outbox WHERE sent_at IS NULL'),
    relapsePolicies: await tx.rows<RelapsePolicyTimes>(
      `SELECT id, programme_id, number, effective_at, expires_at FROM wellness.relapse_policy WHERE state = 'approved' ORDER BY effective_at DESC, number DESC`,
    ),
    acknowledged: await tx.rows<CareRecords['acknowledged'][number]>('SELECT policy_id, person_id FROM wellness.relapse_policy_acknowledgement'),
    confirmed: await tx.rows<CareRecords['confirmed'][number]>('SELECT programme_id, at FROM wellness.relapse_policy_confirmation ORDER BY at'),
    policiesDue: await tx.rows<CareRecords['policiesDue'][number]>('SELECT programme_id, due_at FROM wellness.relapse_policy_due'),
  };
}

export const isOpenCase = ({ state }: Pick<CaseRow, 'state'>): boolean => state !== 'closed';
/** Leaving it takes two people. */
export const takesTwo = ({ state }: Pick<CaseRow, 'state'>): boolean => state === 'restricted' || state === 'on-leave';
export const inEffect = ({ beganAt, endedAt }: AgreementRow): boolean => beganAt !== null && endedAt === null;
export const isProposed = ({ answer, endedAt }: AgreementRow): boolean => answer === null && endedAt === null;
/** A step of a return that was agreed and has not begun. */
export const isToCome = ({ kind, answer, beganAt, endedAt }: AgreementRow): boolean => kind === 'return' && answer === 'agreed' && beganAt === null && endedAt === null;
