/** Which of the rows that are still there have overtaken another. `before` and `now` in the order shown, the first at the top. */
export function overtaking(before: readonly string[], now: readonly string[]): readonly string[] {
  const [was, is] = [new Set(before), new Set(now)];
  const placeBefore = new Map(before.filter((id) => is.has(id)).map((id, place) => [id, place]));
  return now.filter((id) => was.has(id)).filter((id, place) => place < (placeBefore.get(id) ?? 0));
}
