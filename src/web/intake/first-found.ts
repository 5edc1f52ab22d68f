import type { KeyboardEvent } from 'react';
import { finds } from './search.js';

/** Enter takes the first that fits what was typed, also when the hand is quicker than the list that would mark it. */
export function takeFirstFound(event: KeyboardEvent<HTMLInputElement>, options: readonly { readonly value: string; readonly label: string }[], wordsOf: (value: string) => string, choose: (value: string) => void): void {
  const typed = event.currentTarget.value.trim();
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || typed === '' || options.some(({ label }) => label === typed)) return;
  const first = options.find(({ value, label }) => finds(typed, `${label} ${wordsOf(value)}`));
  if (first) choose(first.value);
}
