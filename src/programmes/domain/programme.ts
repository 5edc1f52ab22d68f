export const IN_PERSON_RULES = ['with-team', 'with-buddy', 'solo-allowed'] as const;
export type InPersonRule = (typeof IN_PERSON_RULES)[number];

/** The unit of policy, staffing, queue and time zone. */
export interface Programme {
  readonly id: string;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  /** How a peer reaches somebody without giving away their own number. */
  readonly callingInstruction: string;
  /** The programme's plan lets a peer be first to answer an emergent request. */
  readonly peersFirst: boolean;
  readonly inPersonRule: InPersonRule;
  readonly status: 'active' | 'closed';
}

export const CATALOGUE_KINDS = ['language', 'population', 'experience', 'skill', 'gender', 'outcome', 'reason', 'referral'] as const;
export type CatalogueKind = (typeof CATALOGUE_KINDS)[number];

export interface Label {
  readonly en: string;
  readonly es: string;
}

export interface CatalogueItem {
  readonly kind: CatalogueKind;
  readonly code: string;
  readonly label: Label;
}
