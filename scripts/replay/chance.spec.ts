import fc from 'fast-check';
import { answerTo, between, chanceOf } from './chance.js';

const answers = (seed: number, label: string, rate: number, times: number): string[] => {
  const chance = chanceOf(seed, label);
  return Array.from({ length: times }, () => answerTo(rate, chance));
};

it('decides the same again with the same seed, and differently with another or for another peer', () => {
  expect(answers(1, 'peer01', 0.5, 50)).toEqual(answers(1, 'peer01', 0.5, 50));
  expect(answers(1, 'peer01', 0.5, 50)).not.toEqual(answers(2, 'peer01', 0.5, 50));
  expect(answers(1, 'peer01', 0.5, 50)).not.toEqual(answers(1, 'peer02', 0.5, 50));
});

it('accepts at the given rate; half of the rest is declined, half ignored', () => {
  const drawn = answers(3, 'peer01', 0.8, 10_000);
  const share = (answer: string): number => drawn.filter((one) => one === answer).length / drawn.length;
  expect(share('accept')).toBeCloseTo(0.8, 1);
  expect(share('decline')).toBeCloseTo(0.1, 1);
  expect(share('ignore')).toBeCloseTo(0.1, 1);
});

it('always accepts at rate 1 and never at rate 0', () => {
  expect(new Set(answers(4, 'peer01', 1, 500))).toEqual(new Set(['accept']));
  expect(answers(4, 'peer01', 0, 500)).not.toContain('accept');
});

it('draws from 0 up to, not including, 1, whatever the seed', () => {
  fc.assert(fc.property(fc.nat(), fc.string(), (seed, label) => {
    const chance = chanceOf(seed, label);
    for (let draw = 0; draw < 20; draw += 1) {
      const drawn = chance();
      expect(drawn >= 0 && drawn < 1).toBe(true);
      expect(between(100, 600, () => drawn)).toBeLessThanOrEqual(600);
    }
  }));
});
