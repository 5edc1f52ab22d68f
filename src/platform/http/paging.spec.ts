import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor, pageOf } from './paging.js';

const ID = '0190a000-0000-7000-8000-00000000000f';

describe('a cursor', () => {
  it('comes back as the sort values of the last row', () => {
    const cursor = encodeCursor([new Date(Date.UTC(2026, 2, 2)), ID, 7]);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decodeCursor(cursor, ['moment', 'uuid', 'number'])).toEqual(['2026-03-02T00:00:00.000Z', ID, '7']);
  });

  it('is not there on the first page', () => expect(decodeCursor(undefined, ['uuid'])).toBeNull());

  it.each(['x', '', encodeCursor(['no id']), encodeCursor([ID, ID]), Buffer.from('{"a":1}').toString('base64url'), Buffer.from('[7]').toString('base64url')])(
    'refuses %j, which we did not hand out', (cursor) => {
      expect(() => decodeCursor(cursor, ['uuid'])).toThrow(expect.objectContaining({ code: 'invalid' }));
    },
  );
});

describe('a page', () => {
  const page = (rows: number[], limit: number) => pageOf(rows, limit, (row) => row * 10, (row) => encodeCursor([row]));

  it('points to the next one only when there is one', () => {
    expect(page([1, 2], 2)).toEqual({ items: [10, 20], nextCursor: null });
    expect(page([1, 2, 3], 2)).toEqual({ items: [10, 20], nextCursor: encodeCursor([2]) });
    expect(page([], 2)).toEqual({ items: [], nextCursor: null });
  });
});
