import { after, HOUR_MS } from '../../../src/platform/time.js';
import { inEffect, isOpenCase, takesTwo, type AgreementRow, type CaseRow } from './care-records.js';
import { unaskedPolicies } from './policy-promises.js';
import { holds, isLive, type LimitsRow, type Records, type RequestRow } from './records.js';

/** From when the supervisor is asked until the lead hears of it, by policy. */
const DEPUTY_HAS_MS = 4 * HOUR_MS;
const REMINDED_EVERY_MS = 24 * HOUR_MS;
const HOLDS_BY = { restricted: 'limits', 'on-leave': 'leave', returning: 'return' } as const;
const NOTHING_AGREED = ['open', 'supported', 'closed'];

/** What must be true of every case after every step. */
export function brokenBehindTheWalls(records: Records): string[] {
  return [...records.cases.flatMap((held) => ofCase(held, records)), ...ofTheAway(records), ...unaskedPolicies(records).map((id) => `nobody asks for the confirmation of the policy of ${id}`)];
}

/** What must be true besides once everything that is due was settled. */
export function overdueBehindTheWalls({ now, cases, letters, policiesDue }: Records): string[] {
  return [
    ...policiesDue.filter(({ dueAt }) => dueAt <= now).map(({ programmeId }) => `nobody saw to the relapse policy of ${programmeId}`),
    ...cases.filter(({ nextDueAt }) => nextDueAt !== null && nextDueAt <= now).map(({ personId }) => `the case of ${personId} is overdue`),
    ...letters.filter(({ dueAt }) => dueAt <= now).map(({ toPerson }) => `a letter to ${toPerson} was not sent`),
  ];
}

/** What no step may do to a case. */
export function leftAlone(before: Records, after_: Records): string[] {
  const was = new Map(before.cases.map((held) => [held.id, held]));
  return [
    ...after_.cases.flatMap((held) => {
      const earlier = was.get(held.id);
      if (!earlier || earlier.state === held.state) return [];
      if (earlier.state === 'closed') return [`the case of ${held.personId} was closed and is ${held.state}`];
      return takesTwo(earlier) && !takesTwo(held) ? [...exitOf(earlier, held, before, after_)] : [];
    }),
    ...after_.agreements.flatMap((agreement) => signedOff(before.agreements.find(({ id }) => id === agreement.id), agreement, after_.now)),
  ];
}

/** Whether the limits keep somebody from this seat of this request. Waiting may have made it more urgent since. */
export function isAbove({ maxAcuity, buddyOnly, contactKinds }: LimitsRow, seat: string, { contactKind }: Pick<RequestRow, 'contactKind'>, mildest: number): boolean {
  return (maxAcuity ?? 1) > mildest || (seat === 'lead' && buddyOnly) || contactKinds?.includes(contactKind) === false;
}

function* exitOf(earlier: CaseRow, held: CaseRow, before: Records, after_: Records): Generator<string> {
  const had = new Set(before.caseSteps.map(({ id }) => id));
  const words = [`approve-${held.state}`, ...(held.state === 'closed' ? ['appeal-granted'] : [])];
  const spoke = [
    ...before.approvals.filter(({ caseId, target }) => caseId === held.id && target === held.state).map(({ byPerson }) => byPerson),
    ...after_.caseSteps.filter(({ id, caseId, act }) => caseId === held.id && !had.has(id) && words.includes(act)).map(({ byPerson }) => byPerson),
  ];
  if (spoke.includes(held.personId)) yield `${held.personId} had a word in leaving ${earlier.state}`;
  if (new Set(spoke).size < 2) yield `${held.personId} left ${earlier.state} by the word of ${new Set(spoke).size}`;
}

function signedOff(earlier: AgreementRow | undefined, { personId, signedOffBy, signedOffAt, dueAt, endedAt }: AgreementRow, now: Date): string[] {
  if (!signedOffAt || earlier?.signedOffAt) return [];
  const faults: string[] = [];
  if (signedOffBy === null || signedOffBy === personId) faults.push(`${personId} signed off their own return`);
  if (!dueAt || dueAt > now || endedAt?.getTime() !== signedOffAt.getTime()) faults.push(`a step of the return of ${personId} was signed off before it was over`);
  return faults;
}

function ofCase(held: CaseRow, { now, agreements, approvals, aways, limits, behind, written }: Records): string[] {
  const { id, personId, state, toldAt, openedAt, wordDueAt, wordAskedAt, appealDueAt, appealAskedAt, contactDueAt, contactMadeAt, askedOf, reviewAt, remindedAt, nextDueAt } = held;
  const faults: string[] = [];
  const must = (kept: boolean, otherwise: string): void => void (kept || faults.push(`the case of ${personId} (${state}) ${otherwise}`));
  const own = agreements.filter(({ caseId }) => caseId === id);
  const inForce = own.filter(inEffect);
  const dueBy = (latest: Date): boolean => nextDueAt !== null && nextDueAt <= latest;
  const lastAsked = contactDueAt ? after(contactDueAt, DEPUTY_HAS_MS) : now;
  const again = remindedAt ? after(remindedAt, REMINDED_EVERY_MS) : lastAsked;
  const owes = isOpenCase(held) && contactMadeAt === null && toldAt !== null;
  must(!owes || contactDueAt !== null, 'owes a contact at no time');
  must(!owes || askedOf !== 'nobody', 'owes a contact, and nobody is asked for it');
  must(!owes || dueBy(new Date(Math.max(again.getTime(), lastAsked.getTime()))), 'owes a contact and is not due');
  must(!isOpenCase(held) || !reviewAt || dueBy(new Date(Math.max(reviewAt.getTime(), again.getTime()))), 'is to be reviewed and is not due');
  // The peer is written to when it is raised; then each day somebody who may tell them, or the peer themself where nobody is there.
  const mayTell = [personId, ...behind.filter((each) => each.personId === personId).map(({ supervisorId }) => supervisorId)];
  const askedAt = remindedAt ?? openedAt;
  must(!isOpenCase(held) || toldAt !== null || written.some(({ toPerson, dueAt }) => mayTell.includes(toPerson) && dueAt >= askedAt), 'was not told to the peer, and nobody was asked to');
  must(!isOpenCase(held) || toldAt !== null || dueBy(after(askedAt, REMINDED_EVERY_MS)), 'was not told to the peer, and nobody is to tell them at any time');
  must(!appealDueAt || dueBy(askedBy(appealDueAt, appealAskedAt)), 'has an appeal that waits and is not due');
  must((wordDueAt !== null) === approvals.some(({ caseId }) => caseId === id), 'has the word of one of two that waits at no time, or a time without one');
  must(!wordDueAt || dueBy(askedBy(wordDueAt, wordAskedAt)), 'waits for the second of two and is not due');
  must(state !== 'open' || contactMadeAt === null, 'is supported and open');
  must(toldAt !== null || (state === 'open' && own.length === 0 && contactMadeAt === null), 'goes on, and the peer was not told');
  must(approvals.every(({ caseId }) => caseId !== id) || takesTwo(held), 'has a word kept about leaving nothing');
  if (NOTHING_AGREED.includes(state)) {
    must(inForce.length === 0, 'has something agreed that holds');
    return faults;
  }
  const [agreed, ...more] = inForce;
  const kind = HOLDS_BY[state as keyof typeof HOLDS_BY];
  must(agreed?.kind === kind && more.length === 0, `has ${inForce.map((each) => each.kind).join(' and ') || 'nothing'} that holds`);
  must(reviewAt !== null, 'is never looked at again');
  if (kind === 'leave') must(aways.some((away) => away.personId === personId && holds(away, now) && away.untilAt === null), 'has a leave and is not away');
  else must(limits.some((row) => row.personId === personId && holds(row, now) && row.untilAt === null && isWithin(row, agreed?.terms ?? null)), 'has limits agreed that do not hold');
  return faults;
}

/** At its time, and within a day of whenever somebody was asked again. */
function askedBy(dueAt: Date, askedAt: Date | null): Date {
  return askedAt && askedAt >= dueAt ? after(askedAt, REMINDED_EVERY_MS) : dueAt;
}

function isWithin(row: Records['limits'][number], terms: AgreementRow['terms']): boolean {
  if (!terms) return false;
  const kinds = terms.contactKinds === null || (row.contactKinds?.every((kind) => terms.contactKinds?.some((agreed) => agreed === kind)) ?? false);
  return kinds && (terms.maxAcuity ?? 1) <= (row.maxAcuity ?? 1) && (!terms.buddyOnly || row.buddyOnly);
}

/** Whoever is away holds nothing but a hand they do not let go before another takes it. */
function ofTheAway({ aways, assignments }: Records): string[] {
  return aways
    .filter(({ beganAt }) => beganAt !== null)
    .flatMap(({ personId }) => assignments.filter((own) => own.personId === personId && isLive(own) && !(own.seat === 'lead' && own.contactMadeAt && own.handingOverAt)))
    .map(({ personId, requestId, seat }) => `${personId} has gone away and is ${seat} of ${requestId}`);
}
