import { describe, expect, it } from '@jest/globals';
import { ApiProblem, faultOf, problemFrom, sentenceKeys, surelyRefused, Unreachable } from './problem.js';

describe('a problem', () => {
  it('keeps the code and the faulty fields of a problem+json body', () => {
    const problem = problemFrom(422, { code: 'invalid', errors: [{ field: 'needs.populations.0', code: 'unknown-code', message: 'x' }, 'rubbish'] });
    expect(problem).toMatchObject({ status: 422, code: 'invalid' });
    expect(faultOf(problem, 'needs')?.code).toBe('unknown-code');
    expect(faultOf(problem, 'need')).toBeUndefined();
    expect(problem.faults).toHaveLength(1);
  });

  it.each([['<html>'], [null], [undefined], [[]]])('is named by its status when the body is %p', (body) => {
    expect(problemFrom(502, body).code).toBe('status-502');
  });

  it('finds its sentence from the particular to the general', () => {
    expect(sentenceKeys(new ApiProblem(409, 'offer-no-longer-open'))).toEqual(['problem.offer-no-longer-open', 'problem.status-409', 'problem.unknown']);
    expect(sentenceKeys(new ApiProblem(503, 'status-503')).at(-1)).toBe('problem.server');
    expect(sentenceKeys(new Unreachable())).toEqual(['problem.unreachable']);
  });

  it('is a refusal only when the server surely did nothing', () => {
    expect(surelyRefused(new ApiProblem(422, 'invalid'))).toBe(true);
    expect(surelyRefused(new ApiProblem(500, 'internal'))).toBe(false);
    expect(surelyRefused(new ApiProblem(409, 'idempotency-in-progress'))).toBe(false);
    expect(surelyRefused(new Unreachable())).toBe(false);
  });
});
