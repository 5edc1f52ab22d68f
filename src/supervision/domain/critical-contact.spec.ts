import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after, HOUR_MS } from '../../platform/time.js';
import { afterCheckIn, checkInsFrom, mayRecord, whoChecksIn, whoDebriefs, whoHearsOfDebrief, whomToTell, type CheckInOutcome } from './critical-contact.js';

const NOW = new Date('2026-03-02T18:00:00Z');
const inHours = (hours: number): Date => after(NOW, hours * HOUR_MS);
const own = { supervisorId: 'kim', deputyId: 'ruth', leads: ['lea'] };

describe('who is told of a critical contact', () => {
  it('are supervisor and deputy, while one of them is at work', () => {
    expect(whomToTell({ ...own, covering: ['ruth', 'ola'] }, 'jo', 0)).toEqual({ personIds: ['kim', 'ruth'], widened: false });
    expect(whomToTell({ ...own, covering: ['ruth', 'ola'] }, 'jo', 1).widened).toBe(false);
  });

  it('is whoever covers as well: at once when neither is at work or there, and after two notices', () => {
    expect(whomToTell({ ...own, covering: ['ola'] }, 'jo', 0)).toEqual({ personIds: ['kim', 'ruth', 'ola'], widened: true });
    expect(whomToTell({ supervisorId: null, deputyId: null, covering: ['ola'], leads: ['lea'] }, 'jo', 0)).toEqual({ personIds: ['ola'], widened: true });
    expect(whomToTell({ ...own, covering: ['ruth', 'ola'] }, 'jo', 2)).toEqual({ personIds: ['kim', 'ruth', 'ola'], widened: true });
  });

  it('is a lead when there is nobody else, and after four notices', () => {
    const nobody = { supervisorId: null, deputyId: null, leads: ['lea'] };
    expect(whomToTell({ ...nobody, covering: ['jo'] }, 'jo', 0)).toEqual({ personIds: ['lea'], widened: true });
    expect([3, 4].map((sent) => whomToTell({ ...own, covering: ['ruth'] }, 'jo', sent).personIds.includes('lea'))).toEqual([false, true]);
    expect(whomToTell({ ...nobody, covering: [], leads: ['jo'] }, 'jo', 9).personIds).toEqual([]);
  });

  it('is never the peer, and each person once', () => {
    const person = fc.constantFrom('jo', 'kim', 'ruth', 'ola');
    const helpers = fc.record({ supervisorId: fc.option(person), deputyId: fc.option(person), covering: fc.array(person), leads: fc.array(person) });
    fc.assert(fc.property(helpers, fc.nat({ max: 5 }), (given, sent) => {
      const { personIds, widened } = whomToTell(given, 'jo', sent);
      const everybody = given.covering.filter((id) => id !== 'jo').every((id) => !widened || personIds.includes(id));
      const reached = personIds.length > 0 || [given.supervisorId, given.deputyId, ...given.covering, ...given.leads].every((id) => id === null || id === 'jo');
      return !personIds.includes('jo') && new Set(personIds).size === personIds.length && everybody && reached;
    }));
  });
});

describe('a check-in', () => {
  it('is due at each of the hours from the contact', () => {
    expect(checkInsFrom(NOW, [24, 72, 168, 720]).map(({ number, dueAt }) => [number, dueAt])).toEqual([[1, inHours(24)], [2, inHours(72)], [3, inHours(168)], [4, inHours(720)]]);
  });

  it('is for those of their own; without them for whoever covers; without those, and a day late, for the leads', () => {
    const helpers = { ...own, contactBy: 'sam', covering: ['ola'] };
    const none = { ...helpers, supervisorId: null, deputyId: null, contactBy: null };
    expect(whoChecksIn(helpers, 'jo', NOW, NOW)).toEqual(['kim', 'ruth', 'sam']);
    expect(whoChecksIn(none, 'jo', NOW, NOW)).toEqual(['ola']);
    expect(whoChecksIn({ ...none, covering: ['jo'] }, 'jo', NOW, NOW)).toEqual(['lea']);
    expect([after(inHours(24), -1), inHours(24)].map((now) => whoChecksIn(helpers, 'jo', NOW, now).includes('lea'))).toEqual([false, true]);
    expect(whoChecksIn({ ...helpers, covering: ['ola', 'jo'] }, 'jo', NOW, inHours(24))).toEqual(['kim', 'ruth', 'sam', 'ola', 'lea']);
  });

  it('may be recorded from twelve hours ahead', () => {
    expect([mayRecord(after(inHours(12), 1), NOW), mayRecord(inHours(12), NOW), mayRecord(inHours(-99), NOW)]).toEqual([false, true, true]);
  });

  it('is tried three times and closed by the first that reaches the peer', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom<CheckInOutcome>('done', 'not-reached'), { minLength: 3, maxLength: 6 }), (outcomes) => {
      const states: string[] = [];
      for (const [index, outcome] of outcomes.entries()) {
        const next = afterCheckIn(index + 1, outcome, NOW);
        states.push(next.state);
        if (next.state !== 'due') break;
      }
      const closed = states.at(-1);
      return states.length <= 3 && closed === (outcomes[states.length - 1] === 'done' ? 'done' : 'not-reached') && states.slice(0, -1).every((state) => state === 'due');
    }));
  });
});

describe('a debrief that was wished', () => {
  const none = { ...own, supervisorId: null, deputyId: null };

  it('is late for the supervisor first, a day later for the deputy, another day later for the leads, and for nobody before', () => {
    const heard = (helpers: Parameters<typeof whoHearsOfDebrief>[0]): string[][] => [after(NOW, -1), NOW, inHours(24), inHours(48), inHours(99)].map((now) => whoHearsOfDebrief(helpers, 'jo', NOW, now));
    expect(heard(own)).toEqual([[], ['kim'], ['kim', 'ruth'], ['kim', 'ruth', 'lea'], ['kim', 'ruth', 'lea']]);
    expect(heard({ ...own, supervisorId: null })).toEqual([[], ['ruth'], ['ruth', 'lea'], ['ruth', 'lea'], ['ruth', 'lea']]);
    expect(heard(none)).toEqual([[], ['lea'], ['lea'], ['lea'], ['lea']]);
  });

  it('is held by whoever stands behind the peer from the wish on, and by whoever has heard of it; never by the peer', () => {
    expect([inHours(-72), inHours(47), inHours(48)].map((now) => whoDebriefs(own, 'jo', NOW, now))).toEqual([['kim', 'ruth'], ['kim', 'ruth'], ['kim', 'ruth', 'lea']]);
    expect(whoDebriefs({ ...none, leads: ['jo', 'lea'] }, 'jo', NOW, inHours(-72))).toEqual(['lea']);
  });
});
