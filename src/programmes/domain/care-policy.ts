export const SUPERVISION_TRACKS = ['clinical-guidance', 'managerial-oversight', 'orientation', 'training', 'emotional-support'] as const;
export type SupervisionTrack = (typeof SUPERVISION_TRACKS)[number];

/**
 * What keeps peers well, by programme. Stored as immutable versions and read live: it protects the peer, so that an open
 * request goes by it from the moment it is changed.
 */
export interface CarePolicy {
  readonly rest: RestPolicy;
  readonly exposure: ExposurePolicy;
  readonly hours: HoursPolicy;
  readonly ratio: { readonly peersPerSupervisor: number; readonly enforced: boolean };
  readonly supervision: SupervisionPolicy;
  /** Check-ins after a critical contact, hours from the supervisor's contact, ascending. */
  readonly criticalCheckInHours: readonly number[];
  readonly requirements: RequirementsPolicy;
  /** Shifts that begin within so many hours of stepping away are offered to others at once. */
}

/** Minutes from the end of a contact; the longest that applies counts. */
export interface RestPolicy {
  readonly afterContactMinutes: number;
  readonly afterHighAcuityMinutes: number;
  /** After a contact the peer called hard or critical. */
  readonly afterHardMinutes: number;
}

/** Counted from check-in. High acuity is 1 and 2. */
export interface ExposurePolicy {
  readonly contactsPerShift: number;
  readonly minutesPerShift: number;
  readonly highAcuityInARow: number;
  readonly highAcuityPerShift: number;
}

export interface HoursPolicy {
  readonly breakEveryMinutes: number;
  readonly breakMinutes: number;
  readonly shiftWarnHours: number;
  readonly shiftHours: number;
  readonly restBetweenHours: number;
}

export interface SupervisionPolicy {
  readonly cadenceDays: Readonly<Record<SupervisionTrack, number>>;
  /** A peer is new for so many days, and seen more often. */
  readonly newPeerDays: number;
  readonly newPeerCadenceDays: number;
  /** Overdue for longer than this, and the peer is asked for nothing until the session was held. */
  readonly graceDays: number;
}

/** Codes of the catalogue's credentials. */
export interface RequirementsPolicy {
  readonly training: readonly string[];
  readonly byAcuity: Readonly<Partial<Record<1 | 2 | 3 | 4, readonly string[]>>>;
  /** Lack of certification is no bar to service, unless this programme's plan demands it. */
  readonly certification: boolean;
}

/** Every code a policy asks for, with where it stands. */
export function credentialsNamed({ training, byAcuity }: RequirementsPolicy): { field: string; code: string }[] {
  const lists = [['training', training], ...Object.entries(byAcuity).map(([acuity, codes]) => [`byAcuity.${acuity}`, codes] as const)] as const;
  return lists.flatMap(([field, codes]) => codes.map((code, at) => ({ field: `${field}.${at}`, code })));
}
