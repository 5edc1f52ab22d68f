import { CONTACT_KINDS, type ContactKind, type Programme } from '../api/types.js';

/** How long a check-in may last, in hours; the server refuses more than 16. */
export const HOURS = [2, 4, 8, 12] as const;
export type Hours = (typeof HOURS)[number];

export interface CheckInChoice {
  readonly programmeIds: readonly string[];
  readonly contactKinds: readonly ContactKind[];
  readonly hours: Hours;
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
  };
}

interface Parsed {
  readonly programmeIds: readonly unknown[];
  readonly contactKinds: readonly unknown[];
  readonly hours: unknown;
}

function parsed(text: string | null): Parsed {
  const nothing = { programmeIds: [], contactKinds: [], hours: null };
  try {
    const read = JSON.parse(text ?? 'null') as Partial<Parsed> | null;
    return {
      programmeIds: Array.isArray(read?.programmeIds) ? read.programmeIds : [],
      contactKinds: Array.isArray(read?.contactKinds) ? read.contactKinds : [],
      hours: read?.hours ?? null,
    };
  } catch {
    return nothing;
  }
}
