import type { ContactKind } from '../../programmes/domain/contact-kind.js';
import type { Engagement, PeerProfile, TraitKind } from './peer.js';

export interface TraitName {
  readonly kind: TraitKind;
  readonly code: string;
}

/** What an admin may change of a peer. Consents, exclusions, limits, gender: only the peer says those. */
export interface PeerChange {
  readonly languages?: readonly string[];
  readonly contactKinds?: readonly ContactKind[];
  readonly areaId?: string | null;
  readonly engagement?: Engagement;
  readonly youthCleared?: boolean | null;
  readonly status?: PeerProfile['status'];
  /**
   * For matching only, until the peer lets people be told. One the peer has already stays as it is, so that nobody
   * learns by adding what a peer keeps to themself.
   */
  readonly addTraits?: readonly TraitName[];
  /** Of those people may be told of; any other is left alone without a word. */
  readonly removeTraits?: readonly TraitName[];
}

const CHANGEABLE = ['languages', 'contactKinds', 'areaId', 'engagement', 'youthCleared', 'status'] as const;

/** Names of the fields of the profile that differ. */
export function changedFields(before: PeerProfile, wanted: PeerProfile): string[] {
  return CHANGEABLE.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(wanted[field]));
}

/** The profile as it would be. Traits are rows of their own. */
export function changed(before: PeerProfile, { addTraits: _, removeTraits: __, ...change }: PeerChange): PeerProfile {
  const said = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { ...before, ...said };
}
