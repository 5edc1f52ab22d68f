import { describe, expect, it } from '@jest/globals';
import { actOnContact, actOnOffer, arrived, endingOf, isOurs, isOver, LEASE_MS, playedMs, roll, turnOf, type Evening } from './evening.js';

const START = new Date(Date.UTC(2026, 2, 2, 18));
const after = (ms: number): Date => new Date(START.getTime() + ms);
const evening = (own: Partial<Evening> = {}): Evening => ({
  id: 'e', speed: 1, seed: 7, startedBy: 'a', deskAccountId: 'd', startedAt: START, runner: 'us', leaseUntil: after(LEASE_MS), nextAt: START,
  closingAt: null, endedAt: null, endReason: null, ...own,
});
const LENGTHS = { lengthSeconds: 900, windDownSeconds: 180 };

describe('a played evening', () => {
  it('is cleared away by the process that plays it, whoever stopped it, so that nothing comes after the clearing', () => {
    const stopped = evening({ closingAt: START, endReason: 'stopped' });
    expect([turnOf(stopped, 'us', START), turnOf(stopped, 'them', START)]).toEqual(['close', 'leave-be']);
  });

  it('is taken up by the first process that finds it', () => {
    expect(turnOf(evening({ runner: null }), 'them', START)).toBe('play');
  });

  it('is played by the process that took it up, and left alone by every other while its lease runs', () => {
    expect(turnOf(evening(), 'us', START)).toBe('play');
    expect(turnOf(evening(), 'them', after(LEASE_MS - 1))).toBe('leave-be');
  });

  it('is closed by whoever finds it after its process has gone, and never played on', () => {
    expect(turnOf(evening(), 'them', after(LEASE_MS))).toBe('close-for-a-gone-runner');
    expect(turnOf(evening({ closingAt: START, endReason: 'stopped' }), 'them', after(LEASE_MS))).toBe('close');
    expect(turnOf(evening({ closingAt: START, endedAt: START, endReason: 'stopped' }), 'us', START)).toBe('leave-be');
  });

  it('passes four times as fast when that was asked for', () => {
    expect(playedMs(evening({ speed: 4 }), after(10_000))).toBe(40_000);
  });

  it('takes each request in once, when its time has come', () => {
    const plan = [{ atSeconds: 5 }, { atSeconds: 10 }, { atSeconds: 20 }];
    expect(arrived(plan, new Set([0]), 10_000)).toEqual([1]);
    expect(arrived(plan, new Set(), 4_999)).toEqual([]);
  });

  it('is over when nothing is open after its length, and in any case when it has wound down', () => {
    expect(isOver(899_000, LENGTHS, 0)).toBe(false);
    expect(isOver(900_000, LENGTHS, 1)).toBe(false);
    expect(isOver(900_000, LENGTHS, 0)).toBe(true);
    expect(isOver(1_080_000, LENGTHS, 3)).toBe(true);
  });

  it('rolls the same for the same seed and words, evenly, and otherwise for another seed', () => {
    const rolls = Array.from({ length: 2_000 }, (_, index) => roll(7, index, 'mood'));
    expect(rolls).toEqual(Array.from({ length: 2_000 }, (_, index) => roll(7, index, 'mood')));
    expect(rolls.filter((at) => at < 0.5).length / rolls.length).toBeCloseTo(0.5, 1);
    expect(rolls.every((at) => at >= 0 && at < 1)).toBe(true);
    expect(roll(8, 1, 'mood')).not.toBe(roll(7, 1, 'mood'));
  });
});

describe('a simulated peer', () => {
  const offers = Array.from({ length: 400 }, (_, index) => [index, 0, 1] as const);

  it('lets a moment pass before any answer', () => {
    expect(offers.map((words) => actOnOffer(7, words, 3_999)).filter((act) => act !== 'wait')).toEqual([]);
  });

  it('mostly accepts, sometimes declines, and now and then does not look', () => {
    const acts = offers.map((words) => actOnOffer(7, words, 18_000));
    const share = (act: string): number => acts.filter((each) => each === act).length / acts.length;
    expect(share('accept')).toBeGreaterThan(0.65);
    expect(share('decline')).toBeGreaterThan(0.05);
    expect(share('wait')).toBeGreaterThan(0.03);
  });

  it('makes contact or hands back within the minute, and closes out after a talk, always', () => {
    for (const words of offers) {
      expect(['contact-made', 'hand-back']).toContain(actOnContact(7, words, { kind: 'accepted', forMs: 40_000 }));
      expect(actOnContact(7, words, { kind: 'in-contact', forMs: 54_000, askedAdvice: true })).toBe('wait');
      expect(actOnContact(7, words, { kind: 'in-contact', forMs: 150_000, askedAdvice: false })).toBe('close-out');
    }
    expect(actOnContact(7, [1], { kind: 'to-close-out' })).toBe('close-out');
  });

  it('asks for advice in some talks, once', () => {
    const asking = offers.filter((words) => actOnContact(7, words, { kind: 'in-contact', forMs: 30_000, askedAdvice: false }) === 'ask-advice');
    expect(asking.length).toBeGreaterThan(10);
    expect(asking.length).toBeLessThan(100);
    expect(asking.filter((words) => actOnContact(7, words, { kind: 'in-contact', forMs: 30_000, askedAdvice: true }) !== 'wait')).toEqual([]);
  });

  it('ends in most talks with help, and never with a wish for more that would outlast the evening', () => {
    const outcomes = offers.map((words) => endingOf(7, words).outcome);
    expect(outcomes.filter((outcome) => outcome === 'supported').length).toBeGreaterThan(240);
    expect(new Set(outcomes).size).toBe(4);
  });

  it('lets go of a duty that somebody who signed in has made their own', () => {
    const opened = { dutySince: START, dutyVersion: 1 };
    expect(isOurs({ since: START, version: 1 }, opened)).toBe(true);
    expect(isOurs({ since: START, version: 2 }, opened)).toBe(false);
    expect(isOurs({ since: after(1), version: 1 }, opened)).toBe(false);
    expect(isOurs(null, opened)).toBe(false);
  });

  it('knows a duty of its own whose check-in was cut off', () => {
    const opened = { dutySince: START, dutyVersion: null };
    expect(isOurs({ since: after(1), version: 1 }, opened)).toBe(true);
    expect(isOurs({ since: after(-1), version: 1 }, opened)).toBe(false);
    expect(isOurs({ since: after(10_000), version: 1 }, opened)).toBe(false);
    expect(isOurs({ since: after(1), version: 2 }, opened)).toBe(false);
  });

  it('never plays for somebody who checked in themself before their turn came', () => {
    expect(isOurs({ since: after(1), version: 1 }, { dutySince: null, dutyVersion: null })).toBe(false);
  });
});
