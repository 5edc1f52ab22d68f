import { holds, type Credential } from '../../peers/domain/credential.js';
import { earliest } from '../../platform/time.js';
import type { RequirementsPolicy } from '../../programmes/domain/care-policy.js';

export const ACUITIES = [1, 2, 3, 4] as const;
export type Acuity = (typeof ACUITIES)[number];

/** Something asked for that does not hold. `code` null: any certification. */
interface Missing {
  readonly code: string | null;
  /** Null: whoever serves here needs it; else only for requests of this acuity. */
  readonly acuity: Acuity | null;
  /** When what there was ended; null when there never was one. */
  readonly endedAt: Date | null;
}

export interface Serving {
  /** May be asked for something at all. */
  readonly eligible: boolean;
  /** Acuities they may be asked for: a training that ended takes its level, not the person. */
  readonly acuities: readonly Acuity[];
  readonly missing: readonly Missing[];
  /** When the first of what is asked for and held ends; null: nothing of it does. */
  readonly lastsUntil: Date | null;
}

export const BILLING_GAPS = ['certification', 'supervision'] as const;
export type BillingGap = (typeof BILLING_GAPS)[number];

/**
 * Whether a contact of theirs may be claimed. Another question than whether they may serve: lack of certification blocks
 * claims, not contacts. Nothing of a payer is in it.
 */
export interface Billing {
  readonly billable: boolean;
  readonly missing: readonly BillingGap[];
  readonly lastsUntil: Date | null;
}

type Held = Pick<Credential, 'code' | 'credentialClass' | 'issuedOn' | 'expiresAt' | 'revokedAt'>;

export function serving(requirements: RequirementsPolicy, held: readonly Held[], at: Date): Serving {
  const general = requirements.training.map((code) => asked(code, null, held, at));
  const certification = requirements.certification ? [asked(null, null, held, at)] : [];
  const always = [...general, ...certification];
  const levels = ACUITIES.map((acuity) => ({ acuity, asks: (requirements.byAcuity[acuity] ?? []).map((code) => asked(code, acuity, held, at)) }));
  const met = always.every(({ met: each }) => each);
  const acuities = met ? levels.filter(({ asks }) => asks.every(({ met: each }) => each)).map(({ acuity }) => acuity) : [];
  const all = [...always, ...levels.flatMap(({ asks }) => asks)];
  return {
    eligible: acuities.length > 0, acuities,
    missing: all.filter((each) => !each.met).map(({ missing }) => missing),
    lastsUntil: earliest(all.filter((each) => each.met).map(({ until }) => until)),
  };
}

/** `supervised`: somebody is on file as their supervisor; null: nobody knows, which counts as no. */
export function billing(held: readonly Held[], supervised: boolean | null, at: Date): Billing {
  const certification = asked(null, null, held, at);
  const missing: BillingGap[] = [...(certification.met ? [] : (['certification'] as const)), ...(supervised === true ? [] : (['supervision'] as const))];
  return { billable: missing.length === 0, missing, lastsUntil: certification.met ? certification.until : null };
}

interface Asked {
  readonly met: boolean;
  /** Of what holds, the latest end; null: it does not end. */
  readonly until: Date | null;
  readonly missing: Missing;
}

function asked(code: string | null, acuity: Acuity | null, held: readonly Held[], at: Date): Asked {
  const fitting = held.filter((each) => (code === null ? each.credentialClass === 'certification' : each.code === code));
  const holding = fitting.filter((each) => holds(each, at));
  const until = holding.some(({ expiresAt }) => expiresAt === null) ? null : last(holding.map(({ expiresAt }) => expiresAt));
  const endedAt = last(fitting.map(({ expiresAt, revokedAt }) => earliest([expiresAt, revokedAt])).filter((end) => end !== null && end <= at));
  return { met: holding.length > 0, until, missing: { code, acuity, endedAt } };
}

function last(times: readonly (Date | null)[]): Date | null {
  return times.reduce<Date | null>((best, time) => (time !== null && (best === null || time > best) ? time : best), null);
}
