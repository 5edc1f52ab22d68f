/** The same list with two entries changed over; as it was when there is no such entry. */
export function swapped<T>(items: readonly T[], one: number, other: number): readonly T[] {
  const [a, b] = [items[one], items[other]];
  if (a === undefined || b === undefined) return items;
  return items.map((item, index) => (index === one ? b : index === other ? a : item));
}
