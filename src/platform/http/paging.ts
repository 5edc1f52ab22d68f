import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { invalidField } from '../errors.js';
import { isMoment, isUuid } from './text.js';

const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 200;
const CURSOR = /^[A-Za-z0-9_-]{1,400}$/;

/** `?limit=&cursor=`. Extend it for the filters of a list. */
export class PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE })
  @Transform(({ value }: { value: unknown }) => wholeNumber(value))
  @IsOptional() @IsInt() @Min(1) @Max(LARGEST_PAGE) limit: number = DEFAULT_PAGE;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before' })
  @IsOptional() @Matches(CURSOR) cursor?: string;
}

interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** A query value arrives as text; anything but digits stays what it is and fails the check. */
export function wholeNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

type Part = 'uuid' | 'moment' | 'number';
const PARTS: Readonly<Record<Part, (text: string) => boolean>> = {
  uuid: isUuid, moment: isMoment, number: (text) => /^-?\d{1,15}$/.test(text),
};

/** Where a page ended, opaque to the client: the sort values of its last row. */
export function encodeCursor(values: readonly (string | number | Date)[]): string {
  const texts = values.map((value) => (value instanceof Date ? value.toISOString() : String(value)));
  return Buffer.from(JSON.stringify(texts), 'utf8').toString('base64url');
}

/** The sort values as text, null for the first page. Throws `invalid` for anything we did not hand out. */
export function decodeCursor(cursor: string | undefined, shape: readonly Part[]): string[] | null {
  if (cursor === undefined) return null;
  const values = parsed(cursor);
  const fits = values?.length === shape.length && shape.every((part, at) => PARTS[part](values[at] ?? ''));
  if (!values || !fits) throw invalidField('cursor', 'This is no cursor of this list.');
  return values;
}

function parsed(cursor: string): string[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(values) && values.every((value) => typeof value === 'string') ? (values as string[]) : null;
  } catch {
    return null;
  }
}

/** `rows` were read with a limit one above the page, so that a further page shows itself. */
export function pageOf<R, T>(rows: readonly R[], limit: number, view: (row: R) => T, cursorOf: (row: R) => string): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map((row) => view(row)), nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
