import type { CatalogueKind } from './programme.js';

/** What the file and the API call the entries of each kind. */
export const SHELVES = {
  languages: 'language',
  populations: 'population',
  experience: 'experience',
  skills: 'skill',
  genders: 'gender',
  outcomes: 'outcome',
  reasons: 'reason',
  referrals: 'referral',
  credentials: 'credential',
  supervisionTopics: 'supervision-topic',
} as const satisfies Record<string, CatalogueKind>;
export type ShelfName = keyof typeof SHELVES;
export const SHELF_NAMES = Object.keys(SHELVES) as ShelfName[];

export function shelfOf(kind: CatalogueKind): ShelfName {
  const found = SHELF_NAMES.find((name) => SHELVES[name] === kind);
  if (!found) throw new Error(`no shelf for ${kind}`);
  return found;
}

/** Null for a name that is no shelf's. */
export function kindOn(shelf: string): CatalogueKind | null {
  const name = SHELF_NAMES.find((each) => each === shelf);
  return name ? SHELVES[name] : null;
}
