import { CONTACT_KINDS, type ContactKind, type Programme } from '../api/types.js';
import type { MaxAcuity, YesNo } from './limits-choice.js';

/** How long a check-in may last, in hours; the server refuses more than 16. */
export const HOURS = [2, 4, 8, 12] as const;
export type Hours = (typeof HOURS)[number];
const HOUR_MS = 3_600_000;
const MOST_HOURS = 16;

export interface CheckInChoice {
  readonly programmeIds: readonly string[];
  readonly contactKinds: readonly ContactKind[];
  readonly hours: Hours;
  /** `HH:MM` on this device's clock, in place of the hours; empty: the hours count. */
  readonly untilClock: string;
  /** Where they are, for meeting in person only. */
  readonly zip: string;
  /** Limits of this duty alone, beside those that hold for longer. */
  readonly maxAcuity: MaxAcuity;
  readonly buddyOnly: YesNo;
}

/** What was chosen last time, as far as it still exists; otherwise all programmes, by phone and text, for four hours. */
export function usualChoice(remembered: string | null, programmes: readonly Programme[]): CheckInChoice {
  const last = parsed(remembered);
  const programmeIds = programmes.map((each) => each.id).filter((id) => last.programmeIds.length === 0 || last.programmeIds.includes(id));
  const contactKinds = CONTACT_KINDS.filter((kind) => last.contactKinds.includes(kind));
  return {
    programmeIds: programmeIds.length > 0 ? programmeIds : programmes.map((each) => each.id),
    contactKinds: contactKinds.length > 0 ? contactKinds : ['phone', 'text'],
    hours: HOURS.find((each) => each === last.hours) ?? 4,
    untilClock: typeof last.untilClock === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(last.untilClock) ? last.untilClock : '',
    zip: typeof last.zip === 'string' && isZip(last.zip) ? last.zip : '',
    maxAcuity: (['2', '3', '4'] as const).find((each) => each === last.maxAcuity) ?? '1',
    buddyOnly: last.buddyOnly === 'yes' ? 'yes' : 'no',
  };
}

/** Nothing is said of what is no limit. */
export function dutyLimitsOf({ maxAcuity, buddyOnly }: Pick<CheckInChoice, 'maxAcuity' | 'buddyOnly'>): { readonly maxAcuity?: 2 | 3 | 4; readonly buddyOnly?: true } {
  return { ...(maxAcuity === '1' ? {} : { maxAcuity: Number(maxAcuity) as 2 | 3 | 4 }), ...(buddyOnly === 'yes' ? { buddyOnly: true } : {}) };
}

/** The next time the clock shows it, or the hours from now; null when that is more than the server takes. */
export function untilOf({ hours, untilClock }: CheckInChoice, nowMs: number): Date | null {
  if (untilClock === '') return new Date(nowMs + hours * HOUR_MS);
  const [hour = 0, minute = 0] = untilClock.split(':').map(Number);
  const at = new Date(nowMs);
  at.setHours(hour, minute, 0, 0);
  if (at.getTime() <= nowMs) at.setDate(at.getDate() + 1);
  return at.getTime() - nowMs > MOST_HOURS * HOUR_MS ? null : at;
}

export function isZip(text: string): boolean {
  return /^\d{5}$/.test(text);
}

/** Where they are is told only when it is needed. */
export function placeOf({ contactKinds, zip }: CheckInChoice): { readonly zip: string } | undefined {
  return contactKinds.includes('in-person') && isZip(zip) ? { zip } : undefined;
}

type Parsed = { readonly [K in keyof CheckInChoice]: K extends 'programmeIds' | 'contactKinds' ? readonly unknown[] : unknown };

function parsed(text: string | null): Parsed {
  const nothing = { programmeIds: [], contactKinds: [], hours: null, untilClock: '', zip: '', maxAcuity: '1', buddyOnly: 'no' };
  try {
    const read = JSON.parse(text ?? 'null') as Partial<Parsed> | null;
    return {
      ...nothing,
      ...read,
      programmeIds: Array.isArray(read?.programmeIds) ? read.programmeIds : [],
      contactKinds: Array.isArray(read?.contactKinds) ? read.contactKinds : [],
    };
  } catch {
    return nothing;
  }
}
