import type { ErrorCode } from '../../platform/errors.js';
import type { Offer } from './offer.js';

/** A lead asks a supervisor for advice while the contact goes on. */
export interface Consult {
  readonly id: string;
  readonly assignmentId: string;
  readonly requestId: string;
  readonly askedAt: Date;
  /** Account of the supervisor who took it. */
  readonly takenBy: string | null;
  readonly takenAt: Date | null;
  /** When the supervisors are paged again; null once somebody took it or it is over. */
  readonly nextPageAt: Date | null;
  readonly pagesSent: number;
  readonly endedAt: Date | null;
  readonly version: number;
}

const CONSULT_STATES = ['open', 'taken', 'ended'] as const;
type ConsultState = (typeof CONSULT_STATES)[number];

export function consultStateOf(consult: Pick<Consult, 'takenAt' | 'endedAt'>): ConsultState {
  if (consult.endedAt) return 'ended';
  return consult.takenAt ? 'taken' : 'open';
}

type TakeVerdict = { readonly kind: 'take' } | { readonly kind: 'already-yours' } | { readonly kind: 'refuse'; readonly code: ErrorCode };

/** First come, first served; the winner's repeat gets the same answer; nobody advises themself. */
export function take(consult: Pick<Consult, 'takenBy' | 'endedAt'>, by: { readonly accountId: string; readonly isThePeer: boolean }): TakeVerdict {
  if (by.isThePeer) return { kind: 'refuse', code: 'not-allowed' };
  if (consult.endedAt) return { kind: 'refuse', code: 'consult-ended' };
  if (consult.takenBy === by.accountId) return { kind: 'already-yours' };
  return consult.takenBy ? { kind: 'refuse', code: 'consult-taken' } : { kind: 'take' };
}

const UNHEARD_AFTER_PAGES = 3;

/** Nobody can be reached to answer, or nobody has answered for so long that somebody else must know. `reached`: somebody who was paged is known to hear of it. */
export function isUnheard(page: { readonly number: number; readonly reached: boolean }): boolean {
  return !page.reached || page.number > UNHEARD_AFTER_PAGES;
}

interface PagePlan {
  readonly round: number;
  /** Supervisors who get an offer now. */
  readonly ask: readonly string[];
  /** Supervisors whose open offer is brought to their mind again. */
  readonly remind: readonly string[];
  /** Offers of supervisors who are not there any more; they may be asked again when they come back. */
  readonly supersede: readonly string[];
}

/**
 * Whom a page goes to. Nobody has the consult: an offer that was accepted, and those withdrawn for it, are of somebody
 * who can advise no longer, and everybody is asked anew. Who declined is left alone while somebody else may still answer; once every supervisor has
 * declined a new round begins, because the lead is still waiting for an answer.
 */
export function planPage(
  supervisors: readonly string[], offers: readonly Pick<Offer, 'id' | 'personId' | 'status' | 'round'>[],
): PagePlan {
  const latest = Math.max(1, ...offers.map(({ round }) => round));
  const pending = offers.filter(({ status }) => status === 'pending');
  const declined = new Set(offers.filter(({ status, round }) => status === 'declined' && round === latest).map(({ personId }) => personId));
  const wasTaken = offers.some(({ status, round }) => round === latest && (status === 'accepted' || status === 'withdrawn'));
  const round = wasTaken || (supervisors.length > 0 && supervisors.every((person) => declined.has(person))) ? latest + 1 : latest;
  const asked = new Set(pending.map(({ personId }) => personId));
  const leftAlone = round === latest ? declined : new Set<string>();
  return {
    round,
    ask: supervisors.filter((person) => !asked.has(person) && !leftAlone.has(person)),
    remind: supervisors.filter((person) => asked.has(person)),
    supersede: pending.filter(({ personId }) => !supervisors.includes(personId)).map(({ id }) => id),
  };
}
