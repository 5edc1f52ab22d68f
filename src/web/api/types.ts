/** The shapes of the routes that have no contract file of their own; see docs of the API at /docs. */
export const ROLES = ['peer', 'coordinator', 'supervisor', 'supervisor-lead', 'planner', 'admin', 'privacy-officer'] as const;
export type Role = (typeof ROLES)[number];

export interface Organisation {
  readonly name: string;
  readonly demo: boolean;
}

export interface LastReset {
  readonly what: 'password' | 'second-factor';
  /** Null: on the server itself. */
  readonly by: string | null;
  readonly at: string;
  /** Until then the wellness pages are shut. */
  readonly opensAt: string;
}

export interface Me {
  readonly account: {
    readonly id: string;
    readonly personId: string;
    readonly roles: readonly Role[];
    readonly peerId?: string;
    readonly displayName?: string;
    readonly email?: string;
  };
  /** Null: this deployment sends no pushes. */
  readonly pushPublicKey: string | null;
  readonly organisation?: Organisation;
  readonly secondFactor?: { readonly on: boolean; readonly required: boolean };
  /** When somebody else last reset how they sign in. */
  readonly lastReset?: LastReset | null;
}

export interface Programme {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** How to reach somebody without anybody's own number. */
  readonly callingInstruction?: string;
  readonly callingInstructionEs?: string | null;
  /** With whom peers go out. */
  readonly inPersonRule?: 'with-team' | 'with-buddy' | 'solo-allowed';
}

export interface Area {
  readonly id: string;
  readonly name: string;
  readonly countyFips: readonly string[];
  readonly counties: readonly { readonly fips: string; readonly name: string }[];
}

export interface Labelled {
  readonly code: string;
  readonly label: { readonly en: string; readonly es: string };
  /** False: stays on what it was chosen for, and cannot be chosen any more. */
  readonly active: boolean;
  /** Of credentials only. */
  readonly credentialClass?: 'competency' | 'training' | 'certification' | 'check';
}
export const CATALOGUE_KINDS = ['languages', 'populations', 'experience', 'skills', 'genders', 'outcomes', 'reasons', 'referrals', 'credentials', 'supervisionTopics'] as const;
export type CatalogueKind = (typeof CATALOGUE_KINDS)[number];
export type Catalogue = Readonly<Record<CatalogueKind, readonly Labelled[]>>;

export const CONTACT_KINDS = ['phone', 'text', 'video', 'in-person'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];
export const CHANNELS = ['phone', 'text', 'chat', 'walk-in', 'partner', 'referral', 'planned'] as const;
export type Channel = (typeof CHANNELS)[number];
export const ANSWERS = ['yes', 'no', 'unknown'] as const;
export type Answer = (typeof ANSWERS)[number];
export const SAFETY_QUESTIONS = ['imminentDanger', 'medicalEmergency', 'violence', 'minor'] as const;
export type SafetyQuestion = (typeof SAFETY_QUESTIONS)[number];
export type SafetyAnswers = Readonly<Record<SafetyQuestion, Answer>>;
export const ACUITIES = [1, 2, 3, 4] as const;
export type Acuity = (typeof ACUITIES)[number];
export const INTENSITIES = ['calm', 'hard', 'critical'] as const;
export type Intensity = (typeof INTENSITIES)[number];

export interface Duty {
  readonly as: 'peer' | 'supervisor';
  readonly mode: 'active' | 'on-call';
  readonly programmeIds: readonly string[];
  readonly until: string;
  readonly contactKinds: readonly ContactKind[];
  readonly since: string;
  readonly draining: boolean;
  readonly stillHereAskedAt: string | null;
  readonly maxAcuity: number | null;
  readonly buddyOnly: boolean;
  readonly capacity: number;
  readonly place: { readonly countyFips?: string; readonly zip?: string; readonly lat?: number; readonly lon?: number } | null;
  readonly version: number;
}
export interface MyDuty {
  readonly peer: Duty | null;
  readonly supervisor: Duty | null;
}
export interface CheckIn {
  readonly as: 'peer' | 'supervisor';
  readonly mode: 'active' | 'on-call';
  readonly programmeIds: readonly string[];
  readonly until: string;
  readonly contactKinds: readonly ContactKind[];
  readonly place?: { readonly zip: string };
}
export interface CloseOut {
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly referrals?: readonly string[];
  readonly intensity: Intensity;
  readonly followUp: boolean;
}
