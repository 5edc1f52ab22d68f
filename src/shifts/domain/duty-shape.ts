import type { ContactKind } from '../../programmes/domain/contact-kind.js';
import { traitsOf, type DutyRow } from './duty.js';

/** What a duty is for, as far as a programme or a profile can change it under the person. */
export interface DutyShape {
  readonly programmeIds: readonly string[];
  readonly contactKinds: readonly ContactKind[];
  /** What the matcher finds the duty by. */
  readonly traits: readonly string[];
}

interface Allowed {
  readonly programmeIds: readonly string[];
  /** Null for a supervisor, whose duty has no contacts. */
  readonly contactKinds: readonly ContactKind[] | null;
  readonly languages: readonly string[];
}

/**
 * The duty within what is allowed now; what the person chose at check-in is never widened. `over`: nothing is left that
 * it could be for; it then keeps its terms, because a duty has some, but the matcher no longer finds it, and it ends.
 */
export function reshaped(duty: Pick<DutyRow, 'dutyAs' | 'programmeIds' | 'contactKinds'>, allowed: Allowed): DutyShape & { readonly over: boolean } {
  const programmeIds = duty.programmeIds.filter((id) => allowed.programmeIds.includes(id));
  const kinds = allowed.contactKinds;
  const contactKinds = kinds === null ? duty.contactKinds : duty.contactKinds.filter((kind) => kinds.includes(kind));
  const over = programmeIds.length === 0 || (kinds !== null && contactKinds.length === 0);
  if (over) return { programmeIds: duty.programmeIds, contactKinds: duty.contactKinds, traits: [], over };
  return { programmeIds, contactKinds, traits: traitsOf({ programmeIds, contactKinds }, allowed.languages), over };
}
