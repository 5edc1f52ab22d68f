import { beforeEach, describe, expect, it } from '@jest/globals';
import { Attempt } from './attempt.js';
import { ApiProblem, Unreachable } from './problem.js';

describe('an attempt', () => {
  let attempt: Attempt;
  beforeEach(() => {
    let number = 0;
    attempt = new Attempt(() => `key-${(number += 1)}`);
  });

  it.each([['the network went away', new Unreachable()], ['the server failed', new ApiProblem(500, 'internal')], ['the first is still running', new ApiProblem(409, 'idempotency-in-progress')]])(
    'keeps its key when %s', (_, fault) => {
      const first = attempt.key();
      attempt.settled(fault);
      expect(attempt.key()).toBe(first);
    });

  it('takes a new key after a sure refusal, because the corrected body is another one', () => {
    const first = attempt.key();
    attempt.settled(new ApiProblem(422, 'invalid'));
    expect(attempt.key()).not.toBe(first);
  });

  it('takes a new key after it was done', () => {
    const first = attempt.key();
    attempt.settled(null);
    expect(attempt.key()).not.toBe(first);
  });
});
