import { describe, expect, it } from '@jest/globals';
import { after, HOUR_MS } from '../../platform/time.js';
import { changed, contacted, dueOf, opened, told } from './flag-case.js';
import { asRaised, asSeenBy, raisedBeside, raisersOf, remindedAgain, stepsSeenBy, type DoneAbout } from './second-raise.js';

const BEGAN = new Date('2026-03-02T18:00:00Z');
const LATER = after(BEGAN, 5 * HOUR_MS);
const KIM = 'kim';
const RUTH = 'ruth';
const first = opened({ id: 'first', personId: 'sam', origin: 'supervisor', raisedBy: KIM }, BEGAN);
const review = opened({ id: 'first', personId: 'sam', origin: 'scheduled-review', raisedBy: null }, BEGAN);
const beside = raisedBeside(first, { id: 'second', raisedBy: RUTH }, LATER);
/** What Ruth would have opened, had nothing been open. */
const alone = opened({ id: 'second', personId: 'sam', origin: 'supervisor', raisedBy: RUTH }, LATER);
const withoutCount = ({ version: _, nextDueAt: __, ...rest }: typeof first) => rest;

describe('a concern raised beside a case', () => {
  it.each([['a case', first], ['a review that was due', review]])('is to whoever raised it what they would have opened, beside %s', (_, open) => {
    expect(withoutCount(asRaised(open, beside))).toEqual(withoutCount(alone));
    expect(beside.nextDueAt).toEqual(alone.nextDueAt);
  });

  it('reminds whoever raised it when a case of theirs would', () => {
    const at = after(LATER, 25 * HOUR_MS);
    const [reminded, own] = [remindedAgain(beside, at), changed(alone, { remindedAt: at })];
    expect(dueOf(own, reminded.nextDueAt)).toEqual({ kind: 'untold' });
    expect([reminded.nextDueAt, reminded.remindedAt]).toEqual([own.nextDueAt, [at]]);
    expect(withoutCount(asRaised(first, reminded))).toEqual(withoutCount(own));
  });

  it('goes on with the case once the peer was told, whoever was reminded of what before', () => {
    const at = after(LATER, 30 * HOUR_MS);
    const asked = { contactHours: 24, askedOf: 'supervisor' } as const;
    const [both, own] = [changed(first, { remindedAt: after(BEGAN, 24 * HOUR_MS) }), alone].map((flag) => contacted(told(flag, asked, at), KIM, at));
    expect(withoutCount(asSeenBy(RUTH, both as typeof first, [remindedAgain(beside, at)]))).toEqual(withoutCount(own as typeof first));
  });

  it('is in nobody’s eyes but theirs', () => {
    expect(asSeenBy(KIM, first, [beside])).toBe(first);
    expect(asSeenBy(RUTH, { ...first, id: 'another' }, [beside]).id).toBe('another');
  });

  it('was raised by both', () => {
    expect([raisersOf(first, [beside]), raisersOf(review, [beside]), raisersOf(first, []), raisersOf(review, [])]).toEqual([[KIM, RUTH], [RUTH], [KIM], []]);
  });
});

describe('what was done about a case', () => {
  const did = (act: string, hours: number, byPerson: string | null = null): DoneAbout => ({ at: after(BEGAN, hours * HOUR_MS), byPerson, act });
  const steps = [did('raise', 0, KIM), did('still-untold', 24), did('told', 40, KIM), did('contact', 50, RUTH)];
  const raises = [remindedAgain(beside, after(LATER, 24 * HOUR_MS))];
  const seen = (id: string, as: 'supervisor' | 'deputy') => stepsSeenBy({ id, as }, first, raises, steps);

  it('begins with their own raise for whoever raised it beside, and has their reminders in place of the first’s', () => {
    for (const as of ['deputy', 'supervisor'] as const) expect(seen(RUTH, as)).toEqual([did('raise', 5, RUTH), did('still-untold', 29), did('told', 40, KIM), did('contact', 50, RUTH)]);
  });

  it('says to the supervisor that another concern was raised, and not by whom', () => {
    expect(seen(KIM, 'supervisor')).toEqual([did('raise', 0, KIM), did('raised-again', 5), did('still-untold', 24), did('told', 40, KIM), did('contact', 50, RUTH)]);
  });

  it('says nothing of it to a deputy', () => {
    expect(seen('alex', 'deputy')).toEqual(steps);
  });
});
