/** A policy while somebody changes it: what is typed stays as typed until it is a number. */
export function valueAt(content: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined), content);
}

/** The same content with one value in another; what does not lie on the path is shared. */
export function withValue<T>(content: T, path: string, value: unknown): T {
  const [key = '', ...rest] = path.split('.');
  const inner = (content as Record<string, unknown>)[key];
  const next = rest.length === 0 ? value : withValue(inner, rest.join('.'), value);
  if (Array.isArray(content)) return content.map((item: unknown, index) => (String(index) === key ? next : item)) as T;
  return { ...content, [key]: next };
}

export function typed(text: string): number | string {
  const trimmed = text.trim().replace(',', '.');
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
}

/** A list of hours as somebody types it; what is no number stays, so that the server can say so. */
export function hoursTyped(text: string): (number | string)[] {
  return text.split(/[,;\s]+/).filter((part) => part !== '').map(typed);
}

interface Rung {
  readonly afterSeconds: number;
  readonly waveSize: number;
  readonly radiusKm: number;
}

/** A further step begins where the last one begins twice over, asks one more, and reaches twice as far. */
export function nextRung(rungs: readonly Rung[]): Rung {
  const last = rungs.at(-1) ?? { afterSeconds: 0, waveSize: 0, radiusKm: 20 };
  return { afterSeconds: last.afterSeconds === 0 ? 60 : last.afterSeconds * 2, waveSize: last.waveSize + 1, radiusKm: last.radiusKm * 2 };
}
