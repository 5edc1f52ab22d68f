import type { MatchCandidateView, MatchView } from '../../dispatch/match.contract.js';
import type { PeerView } from '../../peers/contract.js';
import { finds } from '../intake/search.js';

export const SEATS = ['lead', 'buddy', 'shadow'] as const;
export type Seat = (typeof SEATS)[number];

/** Why somebody stands where they stand in the list: they fit, a rule has to be lifted first, or nobody knows yet. */
type Standing = 'fits' | 'with-reason' | 'other';

export interface Choice {
  readonly personId: string;
  readonly name: string;
  readonly standing: Standing;
  /** The match's own line; null for somebody it says nothing of. */
  readonly candidate: MatchCandidateView | null;
}

/** Everybody somebody might mean, best first: those who fit, those a rule keeps out, then all others once a name is typed. */
export function choicesOf(match: MatchView, peers: readonly Pick<PeerView, 'id' | 'name'>[], search: string, notThese: ReadonlySet<string>): Choice[] {
  const listed = new Set([...match.ranked, ...match.withReason].map(({ personId }) => personId));
  const of = (candidate: MatchCandidateView, standing: Standing): Choice => ({ personId: candidate.personId, name: candidate.name, standing, candidate });
  const others = search.trim() === '' ? [] : peers.filter(({ id }) => !listed.has(id));
  return [
    ...match.ranked.map((candidate) => of(candidate, candidate.toLift.length > 0 ? 'with-reason' : 'fits')),
    ...match.withReason.map((candidate) => of(candidate, 'with-reason')),
    ...others.map(({ id, name }): Choice => ({ personId: id, name, standing: 'other', candidate: null })),
  ]
    .filter(({ personId, name }) => !notThese.has(personId) && finds(search, name))
    .toSorted((a, b) => ORDER[a.standing] - ORDER[b.standing]);
}
const ORDER: Readonly<Record<Standing, number>> = { fits: 0, 'with-reason': 1, other: 2 };

/** Moves through the list with the arrow keys, round and round. */
export function stepped(choices: readonly Pick<Choice, 'personId'>[], from: string | null, by: 1 | -1): string | null {
  const at = choices.findIndex(({ personId }) => personId === from);
  const next = at === -1 ? (by === 1 ? 0 : choices.length - 1) : (at + by + choices.length) % choices.length;
  return choices[next]?.personId ?? null;
}

/** The terms that count for or against somebody: what weighs nothing explains nothing. */
export function weighing<T extends { readonly minutes: number }>(terms: readonly T[]): T[] {
  return terms.filter(({ minutes }) => minutes !== 0);
}
