import type { FieldError } from '../../platform/errors.js';

/** From when until when something holds that people set for themselves; until null: until they take it back. */
export interface Span {
  readonly from: Date;
  readonly until: Date | null;
}

/** A beginning in the past counts as now. */
export function fromNowOn<T extends Span>(ask: T, now: Date): T {
  return ask.from < now ? { ...ask, from: now } : ask;
}

/** What is wrong with the span somebody asks for; nothing: it can be kept. */
export function spanFaults(ask: Span, now: Date): FieldError[] {
  const { from, until } = fromNowOn(ask, now);
  if (until === null || until > from) return [];
  return until <= now
    ? [{ field: 'until', code: 'in-the-past', message: 'The end lies in the future.' }]
    : [{ field: 'until', code: 'before-from', message: 'The end comes after the beginning.' }];
}

/** The first moment belongs to it, the last does not. */
export function covers({ from, until }: Span, at: Date): boolean {
  return from <= at && !isOver({ until }, at);
}

/** It holds and has no end: so does everything two people agree on, and so may what somebody set for themself. */
export function holdsOn(span: Span, at: Date): boolean {
  return span.until === null && covers(span, at);
}

export function isOver({ until }: Pick<Span, 'until'>, at: Date): boolean {
  return until !== null && until <= at;
}
