import type { AcuityPolicy, Rung } from '../../programmes/domain/policy.js';

export interface Standing {
  readonly rung: Rung;
  /** 1 is the first; stored with each offer as its tier. */
  readonly tier: number;
  /** When the next rung begins, null on the last. */
  readonly nextRungMs: number | null;
  /** Searched so long that a supervisor must know. */
  readonly supervisorDue: boolean;
}

/** Where a search stands on its ladder after `searchedMs`. */
export function standing(policy: Pick<AcuityPolicy, 'rungs' | 'supervisorAfterSeconds'>, searchedMs: number): Standing {
  const begun = policy.rungs.filter(({ afterSeconds }) => afterSeconds * 1_000 <= searchedMs).length;
  const at = Math.max(0, begun - 1);
  const rung = policy.rungs[at];
  if (!rung) throw new Error('a ladder has at least one rung');
  const next = policy.rungs[at + 1];
  return {
    rung, tier: at + 1, nextRungMs: next ? next.afterSeconds * 1_000 : null,
    supervisorDue: searchedMs >= policy.supervisorAfterSeconds * 1_000,
  };
}
