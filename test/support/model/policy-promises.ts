import { after, HOUR_MS } from '../../../src/platform/time.js';
import type { CareRecords } from './care-records.js';
import type { OfferRow, Records, RequestRow } from './records.js';

const DAY_MS = 24 * HOUR_MS;
const GRACE_MS = 14 * DAY_MS;
const ASKED_BEFORE_MS = 4 * HOUR_MS;
const ASKED_EVERY_MS = HOUR_MS;

/** Whether the programme had a relapse policy to go by at that moment: one in force, or the grace after it as it was confirmed day by day. */
function heldAt(at: Date, programmeId: string, { relapsePolicies, confirmed }: CareRecords): boolean {
  const newest = relapsePolicies.find((policy) => policy.programmeId === programmeId && policy.effectiveAt <= at);
  if (!newest) return false;
  const over = newest.expiresAt;
  if (at < over) return true;
  const words = confirmed.filter((word) => word.programmeId === programmeId && word.at > over && word.at <= at).map((word) => word.at);
  return at < after(over, GRACE_MS) && at < after(words.at(-1) ?? over, DAY_MS);
}

/** A supervisor's word is asked for as long as another one is needed to go on; returns the programmes of which nobody remembers to ask. */
export function unaskedPolicies({ now, relapsePolicies, confirmed, policiesDue }: Pick<CareRecords, 'relapsePolicies' | 'confirmed' | 'policiesDue'> & { readonly now: Date }): string[] {
  const programmes = [...new Set(relapsePolicies.map(({ programmeId }) => programmeId))];
  return programmes.filter((programmeId) => {
    const over = relapsePolicies.find((policy) => policy.programmeId === programmeId && policy.effectiveAt <= now)?.expiresAt;
    if (!over || now >= after(over, GRACE_MS)) return false;
    const holdsUntil = after(confirmed.filter((word) => word.programmeId === programmeId && word.at > over).at(-1)?.at ?? over, DAY_MS);
    const latest = Math.max(after(holdsUntil, -ASKED_BEFORE_MS).getTime(), after(now, ASKED_EVERY_MS).getTime());
    return holdsUntil < after(over, GRACE_MS) && !policiesDue.some((due) => due.programmeId === programmeId && due.dueAt.getTime() <= latest);
  });
}

/** Peers may be asked for whatever came in while the policy held, and for everything while it holds. */
export function isServed({ programmeId, receivedAt }: RequestRow, by: Date, care: CareRecords): boolean {
  const turns = [receivedAt, by, ...care.relapsePolicies.filter((policy) => policy.programmeId === programmeId).map((policy) => policy.effectiveAt), ...care.confirmed.map((word) => word.at)];
  return turns.some((at) => at >= receivedAt && at <= by && heldAt(at, programmeId, care));
}

/** Nobody is asked where there is no policy to go by, nor by one they have not read. */
export function askedWithoutPolicy(before: Records, after_: Records): string[] {
  const had = new Set(before.offers.map(({ id }) => id));
  return after_.offers.filter(({ id }) => !had.has(id)).flatMap((offer) => {
    const request = after_.requests.find(({ id }) => id === offer.subjectId);
    if (!request) return [];
    const unserved = !offer.directed && !isServed(request, offer.madeAt, after_);
    const unread = ![before, after_].some((care) => hasRead(offer, request, care, after_));
    return [
      ...(unserved ? [`${offer.personId} was asked for ${offer.subjectId} without a relapse policy`] : []),
      ...(unread ? [`${offer.personId} was asked for ${offer.subjectId} and has not read the relapse policy`] : []),
    ];
  });
}

/** By the policy that stood before the step or after it: which comes first of two things at once is nobody's affair. */
function hasRead({ personId, madeAt }: OfferRow, { programmeId }: RequestRow, { relapsePolicies }: CareRecords, { acknowledged }: CareRecords): boolean {
  const newest = relapsePolicies.find((policy) => policy.programmeId === programmeId && policy.effectiveAt <= madeAt);
  return newest === undefined || acknowledged.some((read) => read.policyId === newest.id && read.personId === personId);
}
