import type { CredentialToRecord } from '../peers/credentials.service.js';
import type { Day } from '../peers/domain/credential.js';
import { after, HOUR_MS } from '../platform/time.js';

const DAY_MS = 24 * HOUR_MS;
const YEAR_DAYS = 365;

/** What a demo peer holds, with days counted from the day of the seeding. */
interface Held extends Partial<Omit<CredentialToRecord, 'code' | 'issuedOn' | 'expiresAt'>> {
  readonly code: string;
  readonly daysAgo: number;
  /** Null: does not expire. */
  readonly endsInDays: number | null;
}

/** Whatever a programme of the demo may ask for lasts a year from the first look, and the peers go on fitting. */
const EVERYBODY: readonly Held[] = [
  { code: 'agency-orientation', daysAgo: 40, endsInDays: YEAR_DAYS, hours: 6, attested: true },
  { code: 'peer-training', daysAgo: 400, endsInDays: null, issuer: 'Cascade Peer Academy (demo)', hours: 48 },
  { code: 'crisis-support', daysAgo: 120, endsInDays: YEAR_DAYS, hours: 12, ceHours: 6, attested: true },
  { code: 'confidentiality', daysAgo: 60, endsInDays: YEAR_DAYS, hours: 2, ceHours: 2, attested: true },
  { code: 'mandated-reporting', daysAgo: 60, endsInDays: YEAR_DAYS, hours: 1.5, attested: true },
  { code: 'manages-crises', daysAgo: 100, endsInDays: null, attested: true },
  { code: 'background-check', daysAgo: 200, endsInDays: null, result: 'passed' },
];

const STATE_BOARD = 'State peer workforce board (demo)';
const certified = (code: string, daysAgo: number, endsInDays: number): Held => ({ code, daysAgo, endsInDays, issuer: STATE_BOARD, state: 'OR', ceHoursNeeded: 20 });

/** Three certifications in date and one that ended: still eligible, not billable. The rest serve without one. */
const SOME: Readonly<Record<string, readonly Held[]>> = {
  peer01: [
    certified('certified-mh', 300, 430), { code: 'psychological-first-aid', daysAgo: 250, endsInDays: null, issuer: 'Lane County Public Health (demo)', hours: 6, ceHours: 6 },
    { code: 'continuing-education', daysAgo: 90, endsInDays: null, issuer: 'Cascade Peer Academy (demo)', hours: 3.5, ceHours: 3.5 },
  ],
  peer02: [certified('certified-sud', 700, 75), { code: 'is-100', daysAgo: 500, endsInDays: null, issuer: 'FEMA EMI', hours: 2 }],
  peer05: [{ code: 'field-safety', daysAgo: 300, endsInDays: 25, hours: 4, attested: true }],
  peer08: [certified('certified-family', 100, 630), { code: 'field-safety', daysAgo: 30, endsInDays: 335, hours: 4, attested: true }],
  peer10: [certified('certified-sud', 760, -20)],
  peer13: [{ code: 'ncps', daysAgo: 200, endsInDays: 530, issuer: 'Mental Health America' }, { code: 'is-700', daysAgo: 220, endsInDays: null, issuer: 'FEMA EMI', hours: 3.5 }],
  peer18: [{ code: 'psychological-first-aid', daysAgo: 20, endsInDays: 80, hours: 6, ceHours: 6, attested: true }],
};

export function credentialsOf(mailbox: string, now: Date): CredentialToRecord[] {
  return [...EVERYBODY, ...(SOME[mailbox] ?? [])].map(({ code, daysAgo, endsInDays, ...said }) => ({
    issuer: null, state: null, result: null, hours: null, ceHours: null, ceHoursNeeded: null, number: null, attested: false, ...said,
    code, issuedOn: dayOf(after(now, -daysAgo * DAY_MS)), expiresAt: endsInDays === null ? null : after(now, endsInDays * DAY_MS),
  }));
}

const dayOf = (at: Date): Day => at.toISOString().slice(0, 10);
