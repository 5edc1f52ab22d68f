import { describe, expect, it } from '@jest/globals';
import { fingerprintKey, fingerprintOf, isIdempotencyKey, isKept, judgeHeld } from './idempotency.js';

const key = fingerprintKey(Buffer.alloc(32, 1));

describe('a fingerprint', () => {
  it('is the same for bodies that mean the same', () => {
    expect(fingerprintOf(key, { a: 1, b: { c: [1, 2], d: null } })).toEqual(fingerprintOf(key, { b: { d: null, c: [1, 2] }, a: 1 }));
    expect(fingerprintOf(key, undefined)).toEqual(fingerprintOf(key, null));
  });

  it.each([[{ a: 1 }, { a: '1' }], [{ a: [1, 2] }, { a: [2, 1] }], [{}, { a: null }], [{ a: { b: 1 } }, { a: { b: 2 } }]])('tells %j from %j', (one, other) => {
    expect(fingerprintOf(key, one)).not.toEqual(fingerprintOf(key, other));
  });

  it('says nothing without the key', () => {
    expect(fingerprintOf(key, {})).not.toEqual(fingerprintOf(fingerprintKey(Buffer.alloc(32, 2)), {}));
    expect(key).not.toEqual(Buffer.alloc(32, 1));
  });
});

describe('a kept answer', () => {
  it('is one that a repeat must hear again; a refused body may be put right, and what was not found may be there', () => {
    const kept = [200, 201, 204, 400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500, 503].filter(isKept);
    expect(kept).toEqual([200, 201, 204, 409, 412]);
  });
});

describe('a key that is held', () => {
  const row = { fingerprint: fingerprintOf(key, { a: 1 }), status: 'done', responseStatus: 201, responseBody: {} } as const;

  it('replays for the same body, and for no other', () => {
    expect(judgeHeld(row, fingerprintOf(key, { a: 1 }))).toBe('replay');
    expect(judgeHeld(row, fingerprintOf(key, { a: 2 }))).toBe('reused');
    expect(judgeHeld({ ...row, status: 'running' }, fingerprintOf(key, { a: 1 }))).toBe('in-progress');
    expect(judgeHeld({ ...row, status: 'running' }, fingerprintOf(key, { a: 2 }))).toBe('reused');
  });
});

describe('the form of a key', () => {
  it.each(['a', 'f'.repeat(200), '6f2c-!~'])('takes %j', (text) => expect(isIdempotencyKey(text)).toBe(true));
  it.each(['', 'f'.repeat(201), 'two words', 'ü', 'a\u0000', ['a', 'b'], undefined])('refuses %j', (value) => expect(isIdempotencyKey(value)).toBe(false));
});
