import { describe, expect, it } from '@jest/globals';
import { afterNoAnswer, faultsOf, isOver, leaving, LONGEST_DUTY_MS, sinceOf, traitsOf, type CheckIn } from './duty.js';

const now = new Date('2026-03-01T20:00:00Z');
const inMs = (ms: number): Date => new Date(now.getTime() + ms);
const hours = (n: number): number => n * 3_600_000;
const ask: CheckIn = {
  dutyAs: 'peer', mode: 'active', programmeIds: ['warmline'], contactKinds: ['phone'], maxAcuity: null, buddyOnly: false, capacity: 1,
  place: null, until: inMs(hours(4)),
};
const facts = { programmeIds: ['warmline', 'mobile'], contactKinds: ['phone', 'text'] as const };
const fields = (change: Partial<CheckIn>, known: Parameters<typeof faultsOf>[1] = facts): string[] =>
  faultsOf({ ...ask, ...change }, known, now).map(({ field }) => field);

describe('checking in', () => {
  it('takes a duty of at most 16 hours, to the millisecond', () => {
    expect(fields({ until: inMs(LONGEST_DUTY_MS) })).toEqual([]);
    expect(fields({ until: inMs(LONGEST_DUTY_MS + 1) })).toEqual(['until']);
  });

  it('refuses an end that is not in the future', () => {
    expect(fields({ until: now })).toEqual(['until']);
    expect(fields({ until: inMs(1) })).toEqual([]);
  });

  it('names each programme the person does not belong to', () => {
    expect(fields({ programmeIds: ['warmline', 'elsewhere', 'nowhere'] })).toEqual(['programmeIds.1', 'programmeIds.2']);
  });

  it('takes a peer only for contact kinds of their profile, and at least one', () => {
    expect(fields({ contactKinds: ['text', 'in-person'] })).toEqual(['contactKinds.1']);
    expect(fields({ contactKinds: [] })).toEqual(['contactKinds']);
  });

  it('asks no contact kinds of a supervisor', () => {
    expect(fields({ dutyAs: 'supervisor', contactKinds: [] }, { ...facts, contactKinds: null })).toEqual([]);
  });
});

describe('since when a duty runs', () => {
  const running = { since: inMs(-hours(3)), until: inMs(hours(1)) };

  it('begins with the first check-in and is kept by the next ones', () => {
    expect(sinceOf(null, inMs(hours(2)), now)).toEqual(now);
    expect(sinceOf(running, inMs(hours(2)), now)).toEqual(running.since);
  });

  it('begins anew after a duty that had run out', () => {
    expect(sinceOf({ since: inMs(-hours(3)), until: now }, inMs(hours(2)), now)).toEqual(now);
  });

  it('begins anew when the whole would be longer than 16 hours', () => {
    expect(sinceOf(running, inMs(hours(13)), now)).toEqual(running.since);
    expect(sinceOf(running, inMs(hours(13) + 1), now)).toEqual(now);
  });
});

describe('leaving duty', () => {
  const none = { pendingOffers: 0, liveAssignments: 0, handingOver: 0 };

  it.each(['check-out', 'leave'] as const)('gives a pending offer back before anything else (%s)', (how) => {
    expect(leaving(how, false, { ...none, pendingOffers: 1 })).toBe('give-back-first');
    expect(leaving(how, true, { pendingOffers: 1, liveAssignments: 1, handingOver: 1 })).toBe('give-back-first');
  });

  it.each(['check-out', 'leave'] as const)('ends at once when nobody is waiting for the peer (%s)', (how) => {
    expect(leaving(how, false, none)).toBe('release');
    expect(leaving(how, true, none)).toBe('release');
  });

  it('by checking out lets a live contact run on and takes nothing new', () => {
    expect(leaving('check-out', false, { ...none, liveAssignments: 1 })).toBe('drain');
    expect(leaving('check-out', true, { ...none, liveAssignments: 2 })).toBe('stay-draining');
  });

  it('for being away waits until every live contact is being handed over, and stays with them until then', () => {
    expect(leaving('leave', false, { ...none, liveAssignments: 1 })).toBe('give-back-first');
    expect(leaving('leave', true, { ...none, liveAssignments: 2, handingOver: 1 })).toBe('give-back-first');
    expect(leaving('leave', false, { ...none, liveAssignments: 2, handingOver: 2 })).toBe('drain');
  });
});

describe('a duty is over by itself', () => {
  const runs = { until: inMs(hours(1)), stillHereDueAt: null, draining: false };

  it.each([
    ['while it runs', runs, false],
    ['by the hour', { ...runs, until: now }, true],
    ['a moment before its hour', { ...runs, until: inMs(1) }, false],
    ['when somebody asked stayed silent', { ...runs, stillHereDueAt: now }, true],
    ['while there is time to answer', { ...runs, stillHereDueAt: inMs(1) }, false],
    ['once it drains', { ...runs, draining: true }, true],
  ])('or not: %s', (_, duty, over) => {
    expect(isOver(duty, now)).toBe(over);
  });
});

describe('an offer without an answer', () => {
  const here = { unanswered: 0, stillHereAskedAt: null, draining: false };

  it('is counted, and asks whether they are still there when it is the last one allowed', () => {
    expect(afterNoAnswer(here, 2)).toBe('count');
    expect(afterNoAnswer({ ...here, unanswered: 1 }, 2)).toBe('ask');
    expect(afterNoAnswer({ ...here, unanswered: 7 }, 2)).toBe('ask');
    expect(afterNoAnswer(here, 1)).toBe('ask');
  });

  it('asks nothing of somebody who was asked already, or who is leaving', () => {
    expect(afterNoAnswer({ ...here, unanswered: 5, stillHereAskedAt: now }, 2)).toBe('leave-be');
    expect(afterNoAnswer({ ...here, unanswered: 5, draining: true }, 2)).toBe('leave-be');
  });
});

describe('traits of a duty', () => {
  it('names programmes, contact kinds and the languages of the profile', () => {
    expect(traitsOf(ask, ['en', 'es'])).toEqual(['programme:warmline', 'kind:phone', 'language:en', 'language:es']);
  });
});
