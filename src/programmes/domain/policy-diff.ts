/** One setting that differs; null: there is none on that side, as with a step of a ladder that was added or taken away. */
export interface PolicyDifference {
  /** Dotted, steps of a list by their place: `byAcuity.2.rungs.0.waveSize`. */
  readonly path: string;
  readonly from: Setting | null;
  readonly to: Setting | null;
}

type Setting = number | string | boolean;

/** What differs between two policies, in the order of the first; what only the second has comes last. */
export function policyDiff(from: object, to: object): PolicyDifference[] {
  const [before, after] = [flat(from), flat(to)];
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths]
    .map((path) => ({ path, from: before.get(path) ?? null, to: after.get(path) ?? null }))
    .filter(({ from: old, to: now }) => old !== now);
}

function flat(value: object, prefix = ''): Map<string, Setting> {
  const entries = Object.entries(value).flatMap(([key, inner]: [string, unknown]): [string, Setting][] =>
    typeof inner === 'object' && inner !== null ? [...flat(inner, `${prefix}${key}.`)] : [[`${prefix}${key}`, inner as Setting]],
  );
  return new Map(entries);
}
