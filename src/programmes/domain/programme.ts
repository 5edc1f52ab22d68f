export const IN_PERSON_RULES = ['with-team', 'with-buddy', 'solo-allowed'] as const;
export type InPersonRule = (typeof IN_PERSON_RULES)[number];

export const PROGRAMME_STATUSES = ['active', 'closed'] as const;
export type ProgrammeStatus = (typeof PROGRAMME_STATUSES)[number];

/** The unit of policy, staffing, queue and time zone. */
export interface Programme {
  readonly id: string;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  /** How a peer reaches somebody without giving away their own number. */
  readonly callingInstruction: string;
  /** The same in Spanish; null: there is only the other, for everybody. */
  readonly callingInstructionEs: string | null;
  /** The programme's plan lets a peer be first to answer an emergent request. */
  readonly peersFirst: boolean;
  readonly inPersonRule: InPersonRule;
  readonly status: ProgrammeStatus;
}

export const CATALOGUE_KINDS = ['language', 'population', 'experience', 'skill', 'gender', 'outcome', 'reason', 'referral', 'credential', 'supervision-topic'] as const;
export type CatalogueKind = (typeof CATALOGUE_KINDS)[number];

/** What a credential stands for: what somebody can do, has learnt, holds from an issuer, or was looked at for. */
export const CREDENTIAL_CLASSES = ['competency', 'training', 'certification', 'check'] as const;
export type CredentialClass = (typeof CREDENTIAL_CLASSES)[number];

export interface Label {
  readonly en: string;
  readonly es: string;
}

export interface CatalogueItem {
  readonly kind: CatalogueKind;
  readonly code: string;
  readonly label: Label;
  /** Null for every kind but credentials. */
  readonly credentialClass: CredentialClass | null;
}

const CHANGEABLE = ['name', 'timeZone', 'callingInstruction', 'callingInstructionEs', 'peersFirst', 'inPersonRule', 'status'] as const satisfies (keyof Programme)[];

/** Names of the fields that differ: what an audit may say of a change, without repeating what was typed. */
export function changedFields(before: Programme, wanted: Programme): string[] {
  return CHANGEABLE.filter((field) => before[field] !== wanted[field]);
}
