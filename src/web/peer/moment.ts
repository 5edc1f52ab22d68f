import type { MyAssignmentView, MyOfferView } from '../../dispatch/contract.js';
import type { Duty } from '../api/types.js';

/** The one thing the page is about. */
export type Moment =
  | { readonly kind: 'offer'; readonly offer: MyOfferView }
  | { readonly kind: 'still-there'; readonly duty: Duty }
  | { readonly kind: 'with-someone'; readonly live: readonly MyAssignmentView[] }
  | { readonly kind: 'close-out'; readonly assignment: MyAssignmentView }
  | { readonly kind: 'on-duty'; readonly duty: Duty }
  | { readonly kind: 'away'; readonly until: string | null }
  | { readonly kind: 'off-duty' };

export interface Known {
  readonly offers: readonly MyOfferView[];
  readonly assignments: readonly MyAssignmentView[];
  readonly duty: Duty | null;
  readonly away: { readonly from: string; readonly until: string | null } | null;
}

/**
 * An offer runs out, so it comes first, the one with the least time left before others; then the question whether
 * somebody is there; then who they are with; then what is left to write down. Advice is asked of supervisors elsewhere.
 */
export function momentOf({ offers, assignments, duty, away }: Known, nowMs: number): Moment {
  const [offer] = offers.filter((each) => each.status === 'pending' && each.purpose !== 'consult').toSorted((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt));
  if (offer) return { kind: 'offer', offer };
  const live = assignments.filter((each) => each.endedAt === null);
  if (duty?.stillHereAskedAt && live.length === 0) return { kind: 'still-there', duty };
  if (live.length > 0) return { kind: 'with-someone', live: live.toSorted((a, b) => rank(a) - rank(b)) };
  const unclosed = assignments.find((each) => each.endedAt !== null && each.closeOutDue);
  if (unclosed) return { kind: 'close-out', assignment: unclosed };
  if (duty) return { kind: 'on-duty', duty };
  if (away && Date.parse(away.from) <= nowMs && (away.until === null || Date.parse(away.until) > nowMs)) return { kind: 'away', until: away.until };
  return { kind: 'off-duty' };
}

/** Ended by somebody else while they were in the field; they have not said that they are out safe. */
export function notOutYet({ assignments }: Pick<Known, 'assignments'>): MyAssignmentView[] {
  return assignments.filter(({ endedAt, safetyCheckAt }) => endedAt !== null && safetyCheckAt !== null);
}

/** Whoever waits for a first word comes before whom one talks with already. */
function rank({ contactMadeAt }: MyAssignmentView): number {
  return contactMadeAt === null ? 0 : 1;
}
