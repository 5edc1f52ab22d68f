import type { FieldError } from '../../platform/errors.js';
import { after, HOUR_MS } from '../../platform/time.js';
import type { CredentialClass } from '../../programmes/domain/programme.js';

/** Of a background check the result and the date are kept, never the report; what was looked at one by one and agreed is passed. */
export const CHECK_RESULTS = ['passed', 'not-passed'] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];

/** A day of the calendar, `YYYY-MM-DD`. */
export type Day = string;

/** What is said of a credential when it is recorded. Hours have at most one decimal. */
export interface CredentialTerms {
  readonly code: string;
  readonly issuer: string | null;
  /** Of the United States, two letters. */
  readonly state: string | null;
  readonly result: CheckResult | null;
  readonly issuedOn: Day;
  /** The first moment it does not hold any more; null: it does not expire. */
  readonly expiresAt: Date | null;
  /** How long a training was. */
  readonly hours: number | null;
  /** How many of them count as continuing education. */
  readonly ceHours: number | null;
  /** What a certification asks for until it is renewed. */
  readonly ceHoursNeeded: number | null;
}

export interface Credential extends CredentialTerms {
  readonly id: string;
  readonly personId: string;
  readonly credentialClass: CredentialClass;
  /** The supervisor who says so, where there is no certificate. */
  readonly attestedBy: string | null;
  readonly recordedAt: Date;
  readonly revokedAt: Date | null;
}

/** The latest day it is anywhere on earth (UTC+14): nobody's today counts as the future. */
export const latestDay = (at: Date): Day => dayOf(after(at, 14 * HOUR_MS));
export const dayOf = (at: Date): Day => at.toISOString().slice(0, 10);

/** Holds at this moment: begun, neither revoked nor expired. Its expiry is the first moment it does not. */
export function holds({ issuedOn, expiresAt, revokedAt }: Pick<Credential, 'issuedOn' | 'expiresAt' | 'revokedAt'>, at: Date): boolean {
  return revokedAt === null && issuedOn <= latestDay(at) && (expiresAt === null || expiresAt > at);
}

export type Standing = 'in-date' | 'expired' | 'revoked';

export function standingOf(credential: Pick<Credential, 'issuedOn' | 'expiresAt' | 'revokedAt'>, at: Date): Standing {
  if (credential.revokedAt !== null) return 'revoked';
  return holds(credential, at) ? 'in-date' : 'expired';
}

/** Whether `other` goes on after `credential` has ended: another row of the same code that holds for longer. */
export function renews(other: Credential, credential: Credential): boolean {
  if (other.id === credential.id || other.code !== credential.code || other.revokedAt !== null || credential.expiresAt === null) return false;
  return other.expiresAt === null || other.expiresAt > credential.expiresAt;
}

/** What belongs to each class: another field is a fault, and so is one of these that is missing. */
const FIELDS = {
  competency: { may: ['issuer'], must: [] },
  training: { may: ['issuer', 'hours', 'ceHours'], must: [] },
  certification: { may: ['issuer', 'state', 'ceHoursNeeded'], must: ['issuer'] },
  check: { may: ['issuer', 'result'], must: ['result'] },
} as const satisfies Record<CredentialClass, { may: readonly (keyof CredentialTerms)[]; must: readonly (keyof CredentialTerms)[] }>;
const OPTIONAL = ['issuer', 'state', 'result', 'hours', 'ceHours', 'ceHoursNeeded'] as const satisfies readonly (keyof CredentialTerms)[];

/**
 * What is wrong with what somebody wants recorded; nothing: it may be. `attested`: a supervisor stands for it in person,
 * which is the way in without a certificate, for training and competencies alone; training then needs its hours.
 */
export function credentialFaults(terms: CredentialTerms, credentialClass: CredentialClass, attested: boolean, now: Date): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (field: string, code: string, message: string): void => void faults.push({ field, code, message });
  const { may, must } = FIELDS[credentialClass] as { may: readonly string[]; must: readonly string[] };
  for (const field of OPTIONAL) {
    if (terms[field] !== null && !may.includes(field)) fault(field, 'not-here', 'This does not belong to a credential of this class.');
    if (terms[field] === null && must.includes(field)) fault(field, 'required', 'A credential of this class needs this.');
  }
  if (attested && !canBeAttested(credentialClass)) fault('attested', 'not-here', 'Only training and competencies can be attested.');
  if (attested && credentialClass === 'training' && terms.hours === null) fault('hours', 'required', 'Say how many hours the training took.');
  if (!attested && canBeAttested(credentialClass) && terms.issuer === null) fault('issuer', 'required', 'Say who issued it, or attest it yourself.');
  if (credentialClass === 'certification' && terms.expiresAt === null) fault('expiresAt', 'required', 'Say until when the certification is valid.');
  if (terms.ceHours !== null && terms.ceHours > (terms.hours ?? terms.ceHours)) fault('ceHours', 'more-than-hours', 'No more hours can count than the training took.');
  if (terms.issuedOn > latestDay(now)) fault('issuedOn', 'in-the-future', 'The day lies in the future.');
  else if (terms.expiresAt !== null && dayOf(terms.expiresAt) < terms.issuedOn) fault('expiresAt', 'before-issued', 'It cannot end before it began.');
  return faults;
}

function canBeAttested(credentialClass: CredentialClass): boolean {
  return credentialClass === 'training' || credentialClass === 'competency';
}
