import type { ErrorCode } from '../../platform/errors.js';
import { after, HOUR_MS } from '../../platform/time.js';

export const RELATION_KINDS = ['supervisor', 'deputy'] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

/** A new supervisor begins a day after the peer was told, so that the peer can ask and object (product §2). */
const TOLD_AHEAD_MS = 24 * HOUR_MS;

/** Who stands behind somebody, from `effectiveAt` until `endedAt`. */
export interface Relation {
  readonly id: string;
  readonly personId: string;
  readonly supervisorId: string;
  readonly kind: RelationKind;
  readonly appointedBy: string;
  readonly appointedAt: Date;
  readonly toldAt: Date;
  readonly effectiveAt: Date;
  readonly agreedAt: Date | null;
  readonly endedAt: Date | null;
  readonly version: number;
}

type Standing = 'waiting' | 'in-effect' | 'over';

export function standingOf({ effectiveAt, endedAt }: Pick<Relation, 'effectiveAt' | 'endedAt'>, now: Date): Standing {
  if (endedAt !== null && endedAt <= now) return 'over';
  return effectiveAt <= now ? 'in-effect' : 'waiting';
}

interface Appointment {
  readonly personId: string;
  readonly supervisorId: string;
  /** Who appoints. */
  readonly by: string;
}

/**
 * Why nobody may be appointed so; null when they may. `between`: relations of these two with each other, either way round,
 * that are not over. Who supervises whom would otherwise read the case of their own supervisor.
 */
export function mayAppoint({ personId, supervisorId, by }: Appointment, between: readonly Pick<Relation, 'personId' | 'endedAt'>[]): ErrorCode | null {
  if (personId === by || personId === supervisorId) return 'not-yourself';
  if (between.some((relation) => relation.personId === supervisorId)) return 'supervise-each-other';
  // Whoever has a successor already leaves by themself, and may be appointed to something else.
  return between.some(({ endedAt }) => endedAt === null) ? 'stands-behind-already' : null;
}

/** What becomes of the one who was there, and of the one who was to come. */
interface Succession<R> {
  /** Was to come and does not come any more. */
  readonly withdrawn: R | null;
  /** Is there, and stays until the new one is. */
  readonly succeeded: R | null;
}

/** `same`: the relations of this person and kind that are not over; at most one waits and one is in effect. */
export function successionOf<R extends Pick<Relation, 'effectiveAt' | 'endedAt'>>(same: readonly R[], now: Date): Succession<R> {
  return {
    withdrawn: same.find((relation) => standingOf(relation, now) === 'waiting') ?? null,
    succeeded: same.find((relation) => standingOf(relation, now) === 'in-effect') ?? null,
  };
}

export function takesEffectAt(toldAt: Date): Date {
  return after(toldAt, TOLD_AHEAD_MS);
}

/** Whether the peer's tap changes anything: it only ever makes it sooner. */
export function mayAgree(relation: Pick<Relation, 'effectiveAt' | 'endedAt'>, now: Date): 'do' | 'done' | 'over' {
  const standing = standingOf(relation, now);
  if (standing === 'over') return 'over';
  return standing === 'waiting' ? 'do' : 'done';
}
