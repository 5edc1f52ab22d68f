import type { CarePolicy } from './care-policy.js';
import type { DispatchPolicy } from './policy.js';

/** `dispatch` is how requests are served, and each keeps the version it began with; `care` keeps peers well, and counts as it is now. */
export const POLICY_KINDS = ['dispatch', 'care'] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

export interface PolicyContents {
  readonly dispatch: DispatchPolicy;
  readonly care: CarePolicy;
}

export interface PolicyVersion<K extends PolicyKind> {
  readonly id: string;
  readonly number: number;
  readonly content: PolicyContents[K];
}
