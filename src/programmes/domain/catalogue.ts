import type { CatalogueKind } from './programme.js';

/**
 * Codes that rules of the product go by, or that its interface promises: their words may change, but they stay. `youth`
 * opens only to cleared peers; the outcomes are those every intake partner and report may count on.
 */
const NEEDED: Partial<Readonly<Record<CatalogueKind, readonly string[]>>> = {
  population: ['youth'],
  outcome: ['supported', 'referred', 'handed-off', 'no-contact', 'declined-peer'],
};

export function isNeeded(kind: CatalogueKind, code: string): boolean {
  return NEEDED[kind]?.includes(code) ?? false;
}

const LONGEST_CODE = 40;

/** A code made from the English words: lower case, hyphens; null when they hold no Latin letter to begin with. */
export function codeFrom(label: string): string | null {
  const plain = label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const code = plain.replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+/, '').slice(0, LONGEST_CODE).replace(/-+$/, '');
  return code === '' ? null : code;
}

/** Whether `codes` are those of the kind, each once, in whatever order. */
export function isSameSet(codes: readonly string[], all: readonly string[]): boolean {
  return codes.length === all.length && new Set(codes).size === codes.length && codes.every((code) => all.includes(code));
}
