import { describe, expect, it } from '@jest/globals';
import { HttpException, NotFoundException } from '@nestjs/common';
import { DomainError } from '../errors.js';
import { pathOf, problemOf, refusalOf } from './problem.js';

const fastifyError = (statusCode: number) => Object.assign(new Error('with details'), { name: 'FastifyError', statusCode });

describe('an error', () => {
  it('keeps its name when it has one', () => {
    const error = new DomainError('peer-unavailable');
    expect(refusalOf(error)).toBe(error);
  });

  it.each<[unknown, string]>([
    [new NotFoundException('Cannot GET /secret'), 'not-found'], [new HttpException('x', 418), 'bad-request'], [fastifyError(413), 'too-large'],
    [fastifyError(415), 'unsupported-media-type'], [fastifyError(400), 'bad-request'], [fastifyError(500), 'internal'],
    [{ code: '23505', constraint: 'one_live_assignment_per_seat' }, 'request-already-assigned'], [{ code: '23505', constraint: 'new_one' }, 'internal'],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'unavailable'], [Object.assign(new Error('full'), { code: '53300' }), 'unavailable'],
    [new Error('Query read timeout'), 'unavailable'], [new Error('timeout expired'), 'unavailable'],
    [new TypeError('of ours'), 'internal'], ['thrown text', 'internal'], [null, 'internal'], [undefined, 'internal'],
  ])('%p is %s', (error, code) => expect(refusalOf(error).code).toBe(code));

  it('tells the caller nothing of what lies behind it', () => {
    const problem = problemOf(refusalOf(new Error('password of Jo is 1234')), '/api/v1/requests');
    expect(problem).toEqual({
      type: 'urn:peer-dispatch:problem:internal', title: 'Something went wrong on our side', status: 500,
      detail: 'Something went wrong on our side.', instance: '/api/v1/requests', code: 'internal',
    });
  });
});

describe('the instance', () => {
  it('is the path without what somebody asked for', () => {
    expect(pathOf('/api/v1/requests?cursor=secret')).toBe('/api/v1/requests');
    expect(pathOf(`/${'x'.repeat(1000)}`)).toHaveLength(200);
  });
});
