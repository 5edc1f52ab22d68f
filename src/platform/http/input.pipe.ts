import { Injectable, ValidationPipe, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { DomainError, invalidField, type FieldError } from '../errors.js';
import { isPlainText } from './text.js';

const MAX_DEPTH = 12;
const MAX_FIELD_NAME = 120;
/** Keys that reach into the language itself; no field of ours has such a name. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
const BUILT_IN: readonly unknown[] = [Object, String, Number, Boolean, Array, Date];

/**
 * What comes in is checked against the class the route declares: no unknown field, no conversion nobody asked for, and
 * the answer names the fields but never repeats a value.
 */
@Injectable()
export class InputPipe implements PipeTransform {
  private readonly validation = new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    transformOptions: { enableImplicitConversion: false },
    // The value only tells whether there is one.
    validationError: { target: false, value: true },
    exceptionFactory: (errors) => refusal(errors.flatMap((error) => fieldErrors(error, ''))),
  });

  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom') return value;
    if (metadata.type === 'body' || metadata.type === 'query') {
      const misplaced = [...strangeParts(value), ...(isDto(metadata.metatype) ? wrongShapes(value, metadata.metatype, '') : [])];
      if (misplaced.length > 0) throw refusal(misplaced);
    }
    return this.validation.transform(value, metadata);
  }
}

/** A body for a route that takes none: its fields are unknown ones. */
export function refuseStrayBody(body: unknown): void {
  if (body === undefined || body === null) return;
  if (typeof body !== 'object' || Array.isArray(body)) throw invalidField('', 'This route takes no body.', 'not-an-object');
  const stray = Object.keys(body).map((name) => unknownField(name));
  if (stray.length > 0) throw refusal(stray);
}

function refusal(errors: readonly FieldError[]): DomainError {
  const unknown = errors.filter((error) => error.code === 'unknown-field');
  return unknown.length > 0 ? new DomainError('unknown-field', { errors: unknown }) : new DomainError('invalid', { errors });
}

function fieldErrors(error: ValidationError, parent: string): FieldError[] {
  const field = join(parent, error.property);
  if (error.value === undefined && error.constraints) return [{ field, code: 'required', message: 'This field is required.' }];
  const own = Object.entries(error.constraints ?? {}).map(([name, message]) =>
    name === 'whitelistValidation' ? unknownField(field) : { field, code: kebab(name), message: sentence(message) },
  );
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}

/** Everything no declaration speaks of: hostile keys, NUL, and depth; walked without recursion. */
function strangeParts(root: unknown): FieldError[] {
  const found: FieldError[] = [];
  const open: { value: unknown; path: string; depth: number }[] = [{ value: root, path: '', depth: 0 }];
  for (let next = open.pop(); next && found.length === 0; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value === 'string' && value.includes('\u0000')) {
      found.push({ field: path, code: 'is-plain-text', message: 'Text may not hold a NUL character.' });
    }
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) {
      found.push({ field: path, code: 'too-deep', message: `Nothing here is nested deeper than ${MAX_DEPTH} levels.` });
      continue;
    }
    for (const [key, child] of Object.entries(value)) {
      if (FORBIDDEN_KEYS.has(key)) found.push(unknownField(join(path, key)));
      open.push({ value: child, path: join(path, key), depth: depth + 1 });
    }
  }
  return found;
}

/** class-validator takes a list of objects where one is declared; here that is a wrong type. */
function wrongShapes(value: unknown, dto: Type, path: string): FieldError[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ field: path, code: 'not-an-object', message: 'This must be an object.' }];
  }
  return Object.entries(value).flatMap(([key, child]) => {
    const declared = Reflect.getMetadata('design:type', dto.prototype as object, key) as unknown;
    return isDto(declared) && child !== null && child !== undefined ? wrongShapes(child, declared, join(path, key)) : [];
  });
}

function isDto(type: unknown): type is Type {
  return typeof type === 'function' && !BUILT_IN.includes(type);
}

function unknownField(field: string): FieldError {
  return { field, code: 'unknown-field', message: 'This route does not know this field.' };
}

function join(parent: string, name: string): string {
  const clean = isPlainText(name) ? name : '?';
  return (parent ? `${parent}.${clean}` : clean).slice(0, MAX_FIELD_NAME);
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const sentence = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
