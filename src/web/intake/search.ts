/** True when each word of the search begins a word of the text, whatever the accents and capitals. */
export function finds(search: string, text: string): boolean {
  const words = plain(text).split(WORD_ENDS);
  return plain(search).split(WORD_ENDS).filter(Boolean).every((part) => words.some((word) => word.startsWith(part)));
}

const WORD_ENDS = /[^\p{L}\p{N}]+/u;

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
