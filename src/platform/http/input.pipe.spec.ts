import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { DomainError } from '../errors.js';
import { InputPipe, refuseStrayBody } from './input.pipe.js';
import { PageQuery } from './paging.js';

class Place {
  @IsOptional() @IsString() zip?: string;
}

class Wish {
  @IsString() kind: string;
}

class Request {
  @IsString() @MaxLength(5) channel: string;
  @IsOptional() @IsInt() acuity?: number;
  @IsOptional() @ValidateNested() @Type(() => Place) place?: Place;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => Wish) wishes?: Wish[];
}

const pipe = new InputPipe();
const body = (value: unknown): Promise<unknown> => pipe.transform(value, { type: 'body', metatype: Request });

async function refusal(value: unknown): Promise<DomainError> {
  const error: unknown = await body(value).then(() => null, (thrown: unknown) => thrown);
  if (!(error instanceof DomainError)) throw new Error(`was taken: ${JSON.stringify(value)?.slice(0, 100)}`);
  return error;
}
const fieldsOf = (error: DomainError) => error.details.errors?.map(({ field, code }) => `${field} ${code}`);

describe('what comes in', () => {
  it('arrives as the declared class, as it was sent', async () => {
    const taken = await body({ channel: 'phone', place: { zip: '97401' }, wishes: [{ kind: 'gender' }] });
    expect(taken).toBeInstanceOf(Request);
    expect(taken).toEqual({ channel: 'phone', place: { zip: '97401' }, wishes: [{ kind: 'gender' }] });
  });

  it('is not converted to the type that was wanted', async () => {
    expect(fieldsOf(await refusal({ channel: 'phone', acuity: '2' }))).toEqual(['acuity is-int']);
    expect(fieldsOf(await refusal({ channel: 7 }))).toContain('channel is-string');
  });

  it('says plainly that a field is missing', async () => {
    expect(fieldsOf(await refusal({ wishes: [{}] }))?.toSorted()).toEqual(['channel required', 'wishes.0.kind required']);
    expect(fieldsOf(await refusal({ channel: null }))).toContain('channel is-string');
  });

  it('names an unknown field with its path, and that alone', async () => {
    const error = await refusal({ channel: 'far too long', place: { zip: '97401', street: 'x' }, wishes: [{ kind: 'a', b: 1 }], extra: 1 });
    expect(error.code).toBe('unknown-field');
    expect(fieldsOf(error)?.toSorted()).toEqual(['extra unknown-field', 'place.street unknown-field', 'wishes.0.b unknown-field']);
  });

  it('never repeats a value', async () => {
    const error = await refusal({ channel: 'secret story', acuity: 'secret', place: { zip: 97401 }, wishes: [{ kind: ['secret'] }] });
    expect(JSON.stringify(error.details)).not.toContain('secret');
    expect(fieldsOf(error)?.toSorted()).toEqual(['acuity is-int', 'channel max-length', 'place.zip is-string', 'wishes.0.kind is-string']);
  });

  it('takes no list, text or nothing where an object belongs', async () => {
    for (const value of [[], [{ channel: 'phone' }], 'phone', 7, null, undefined]) {
      expect(fieldsOf(await refusal(value))).toEqual([' not-an-object']);
    }
    expect(fieldsOf(await refusal({ channel: 'phone', place: [] }))).toEqual(['place not-an-object']);
    expect(fieldsOf(await refusal({ channel: 'phone', place: 'here' }))).toEqual(['place not-an-object']);
  });

  it('has no field that reaches into the language', async () => {
    for (const text of ['{"channel":"phone","__proto__":{"admin":true}}', '{"channel":"phone","place":{"constructor":{"prototype":{}}}}']) {
      expect((await refusal(JSON.parse(text))).code).toBe('unknown-field');
    }
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it('holds no NUL, wherever it hides', async () => {
    expect(fieldsOf(await refusal({ channel: 'a\u0000b' }))).toEqual(['channel is-plain-text']);
    expect(fieldsOf(await refusal({ channel: 'phone', wishes: [{ kind: '\u0000' }] }))).toEqual(['wishes.0.kind is-plain-text']);
  });

  it('is not nested without end', async () => {
    const deep: unknown = JSON.parse('{"channel":"phone","place":' + '['.repeat(30_000) + ']'.repeat(30_000) + '}');
    expect(await refusal(deep)).toMatchObject({ code: 'invalid' });
  });
});

describe('a list query', () => {
  const query = (value: Record<string, unknown>) => pipe.transform(value, { type: 'query', metatype: PageQuery }) as Promise<PageQuery>;

  it('has a page of 50 unless told otherwise', async () => {
    expect(await query({})).toMatchObject({ limit: 50 });
    expect(await query({ limit: '200' })).toMatchObject({ limit: 200 });
  });

  it.each(['0', '201', '-1', '1.5', '1e2', '0x10', '', 'all', ['1', '2']])('refuses a limit of %j', async (limit) => {
    await expect(query({ limit })).rejects.toMatchObject({ code: 'invalid' });
  });

  it('knows no other parameter', async () => {
    await expect(query({ offset: '3' })).rejects.toMatchObject({ code: 'unknown-field' });
  });
});

describe('a route without a body', () => {
  it('takes nothing or an empty object, and knows no field', () => {
    for (const value of [undefined, null, {}]) expect(() => refuseStrayBody(value)).not.toThrow();
    expect(() => refuseStrayBody({ state: 'closed' })).toThrow(expect.objectContaining({ code: 'unknown-field' }));
    expect(() => refuseStrayBody([1])).toThrow(expect.objectContaining({ code: 'invalid' }));
  });
});
