import { dayOf, type Credential, type Day } from './credential.js';

/** The hours a certification asks for until it is renewed, and how far its peer has come. Hours have at most one decimal. */
interface CeStanding {
  readonly credentialId: string;
  readonly code: string;
  /** First day that counts. */
  readonly from: Day;
  readonly until: Date;
  readonly needed: number;
  readonly done: number;
}

/** Trainings whose day lies in the renewal period of the certification count, once each and for every certification. */
export function ceStanding(certification: Credential, all: readonly Credential[]): CeStanding | null {
  const { id: credentialId, code, issuedOn: from, expiresAt: until, ceHoursNeeded: needed, revokedAt } = certification;
  if (needed === null || until === null || revokedAt !== null) return null;
  const tenths = all
    .filter((each) => each.revokedAt === null && each.ceHours !== null && each.issuedOn >= from && each.issuedOn <= dayOf(until))
    // In tenths of an hour: sums of decimals stay exact.
    .reduce((sum, { ceHours }) => sum + Math.round((ceHours ?? 0) * 10), 0);
  return { credentialId, code, from, until, needed, done: tenths / 10 };
}
