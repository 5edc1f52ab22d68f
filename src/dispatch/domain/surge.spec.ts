import fc from 'fast-check';
import { isSurge, MOST_LOOKING, pairUp, roundOf, servable, SURGE_FROM, waitsForRound, weightOf } from './surge.js';

interface Someone {
  readonly name: number;
  readonly urgency: number;
  readonly wanted: number;
  readonly asked: number;
  /** Minutes with each peer, null where the two do not fit. */
  readonly minutes: readonly (number | null)[];
}

const PEERS = [0, 1, 2, 3];
const someone = fc.record({
  urgency: fc.integer({ min: 1, max: 4 }), wanted: fc.integer({ min: 1, max: 3 }), asked: fc.integer({ min: 0, max: 2 }),
  minutes: fc.array(fc.option(fc.integer({ min: 0, max: 60 })), { minLength: PEERS.length, maxLength: PEERS.length }),
});
const crowd = fc.array(someone, { maxLength: 8 }).map((all): Someone[] => all.map((one, name) => ({ ...one, name })));
const minutesOf = (one: Someone, peer: number): number | null => one.minutes[peer] ?? null;
const isUnasked = ({ asked }: Someone): boolean => asked === 0;
const paired = (all: readonly Someone[]) => pairUp(all, PEERS, minutesOf);

describe('a round', () => {
  it('asks no peer twice, nobody who does not fit, and for nobody more peers than they want asked', () => {
    fc.assert(
      fc.property(crowd, (all) => {
        const pairs = paired(all);
        expect(new Set(pairs.map(({ peer }) => peer)).size).toBe(pairs.length);
        for (const { looking, peer } of pairs) expect(minutesOf(looking, peer)).not.toBeNull();
        for (const one of all) expect(pairs.filter(({ looking }) => looking === one).length).toBeLessThanOrEqual(Math.max(0, one.wanted - one.asked));
      }),
    );
  });

  it('gives no milder request a peer whom a more urgent one without anybody could have had', () => {
    fc.assert(
      fc.property(crowd, (all) => {
        const pairs = paired(all);
        const without = all.filter((one) => isUnasked(one) && pairs.every(({ looking }) => looking !== one));
        for (const one of without) {
          const milder = pairs.filter(({ looking }) => looking.urgency > one.urgency);
          for (const { peer } of milder) expect(minutesOf(one, peer)).toBeNull();
        }
      }),
    );
  });

  it('leaves nobody without anybody while a peer who fits is left over, or is the second for another of their tier', () => {
    fc.assert(
      fc.property(crowd, (all) => {
        const pairs = paired(all);
        const taken = new Set(pairs.map(({ peer }) => peer));
        for (const one of all.filter((each) => isUnasked(each) && pairs.every(({ looking }) => looking !== each))) {
          for (const peer of PEERS.filter((each) => !taken.has(each))) expect(minutesOf(one, peer)).toBeNull();
          const second = pairs.filter(({ looking }, at) => looking.urgency === one.urgency && (looking.asked > 0 || pairs.findIndex((other) => other.looking === looking) !== at));
          for (const { peer } of second) expect(minutesOf(one, peer)).toBeNull();
        }
      }),
    );
  });

  it('leaves no peer over who fits somebody asked of fewer than their wave', () => {
    fc.assert(
      fc.property(crowd, (all) => {
        const pairs = paired(all);
        const over = PEERS.filter((each) => pairs.every(({ peer }) => peer !== each));
        for (const one of all.filter((each) => each.asked + pairs.filter(({ looking }) => looking === each).length < each.wanted)) {
          for (const peer of over) expect(minutesOf(one, peer)).toBeNull();
        }
      }),
    );
  });

  it('takes the pairs that cost least together, not the cheapest one first', () => {
    const [first, second] = [{ name: 0, urgency: 2, wanted: 1, asked: 0, minutes: [1, 2] }, { name: 1, urgency: 2, wanted: 1, asked: 0, minutes: [1, 30] }];
    expect(pairUp([first, second], [0, 1], minutesOf).map(({ looking, peer }) => [looking.name, peer])).toEqual(expect.arrayContaining([[0, 1], [1, 0]]));
  });

  it('passes nobody over for somebody who came later by more minutes than they cost less', () => {
    const waiting = fc.record({ minutes: fc.integer({ min: 0, max: 240 }), cameAtMinute: fc.integer({ min: 0, max: 300 }) });
    fc.assert(
      fc.property(fc.array(waiting, { minLength: 1, maxLength: 20 }), (all) => {
        const looking = all.map((one) => ({ ...one, urgency: 2, wanted: 1, asked: 0 }));
        const [pair] = pairUp(looking, ['peer'], (one) => weightOf(one.minutes, (600 - one.cameAtMinute) * 60_000, false));
        const chosen = pair?.looking ?? { minutes: Number.NaN, cameAtMinute: Number.NaN };
        for (const other of looking) expect(chosen.cameAtMinute - other.cameAtMinute).toBeLessThanOrEqual(other.minutes - chosen.minutes);
      }),
    );
  });

  it('takes somebody over only where nobody free is left, whatever it costs', () => {
    expect(weightOf(0, 0, true)).toBeGreaterThan(weightOf(1_440, 0, false));
  });

  it('has room for whom somebody may serve, however many look before them whom nobody may', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 30 }), (hopeless, others, peers) => {
        const looking = [...Array.from({ length: hopeless }, () => false), ...Array.from({ length: others }, () => true)].map((hope, name) => ({ hope, name }));
        const found = servable(looking, Array.from({ length: peers }), ({ hope }) => hope);
        expect(found).toEqual(looking.slice(hopeless, hopeless + MOST_LOOKING));
      }),
    );
  });

  it('looks at a bounded number of pairs to find them, and at some of them always', () => {
    let looked = 0;
    const nobody = (): boolean => ((looked += 1), false);
    expect(servable(Array.from({ length: 1_000 }), Array.from({ length: 1_000 }), nobody)).toEqual([]);
    expect(looked).toBeLessThanOrEqual(41_000);
    expect(servable([1, 2], Array.from({ length: 60_000 }, (_, at) => at), (_, peer) => peer === 59_999)).toEqual([1, 2]);
  });

  it('judges fewer of those who look where many are free, but always some', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 5_000 }), (looking, peers) => {
        const all = Array.from({ length: looking }, (_, at) => at);
        const round = roundOf(all, peers);
        expect(round).toEqual(all.slice(0, round.length));
        expect(round.length > 0).toBe(looking > 0);
        expect(round.length).toBeLessThanOrEqual(MOST_LOOKING);
        expect(round.length * peers).toBeLessThanOrEqual(Math.max(20_000, (MOST_LOOKING / 10) * peers));
      }),
    );
  });
});

describe('a surge', () => {
  it('begins with the number of people who look, and not before', () => {
    expect([SURGE_FROM - 1, SURGE_FROM].map(isSurge)).toEqual([false, true]);
  });

  it('leaves a search that begins to the next round, and one that has waited for it to itself', () => {
    expect((['begin', 'match', 'offer-closes', undefined] as const).map(waitsForRound)).toEqual([true, true, true, true]);
    expect((['wait', 'retry'] as const).map(waitsForRound)).toEqual([false, false]);
  });
});
