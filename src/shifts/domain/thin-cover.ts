/** Until when somebody is there, and which languages they speak. `until: null` is somebody on a list without an end. */
export interface There {
  readonly as: 'peer' | 'supervisor';
  readonly until: Date | null;
  readonly languages: readonly string[];
}

/** `from: null`: already. */
export type Thin =
  | { readonly kind: 'peers' | 'supervisor' | 'supervisor-unreachable'; readonly language: null; readonly from: Date | null }
  | { readonly kind: 'language'; readonly language: string; readonly from: Date | null };

/** There are supervisors, and none of them could be told of anything. */
export const UNREACHABLE: Thin = { kind: 'supervisor-unreachable', language: null, from: null };

/**
 * What is missing now or will be within the horizon if nobody else comes on duty: peers at all, a supervisor, a language
 * that is spoken now or asked for. A language that ends only because everybody leaves is not said twice.
 */
export function thinCover(there: readonly There[], wanted: readonly string[], now: Date, horizonMs: number): Thin[] {
  const horizon = new Date(now.getTime() + horizonMs);
  const ends = (people: readonly There[]): Date | null | 'covered' => {
    const [first] = people;
    if (!first) return null;
    if (people.some(({ until }) => until === null)) return 'covered';
    const last = people.reduce((latest, { until }) => (until !== null && until > latest ? until : latest), first.until ?? now);
    return last < horizon ? last : 'covered';
  };
  const peers = there.filter((each) => each.as === 'peer');
  const thin: Thin[] = [];
  const supervisorEnds = ends(there.filter((each) => each.as === 'supervisor'));
  if (supervisorEnds !== 'covered') thin.push({ kind: 'supervisor', language: null, from: supervisorEnds });
  const peersEnd = ends(peers);
  if (peersEnd !== 'covered') thin.push({ kind: 'peers', language: null, from: peersEnd });
  for (const language of [...new Set([...wanted, ...peers.flatMap(({ languages }) => languages)])].toSorted()) {
    const languageEnds = ends(peers.filter(({ languages }) => languages.includes(language)));
    if (languageEnds === 'covered' || languageEnds?.getTime() === (peersEnd === 'covered' ? Number.NaN : peersEnd?.getTime())) continue;
    thin.push({ kind: 'language', language, from: languageEnds });
  }
  return thin.toSorted((a, b) => (a.from?.getTime() ?? 0) - (b.from?.getTime() ?? 0));
}
