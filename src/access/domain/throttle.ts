export interface ThrottleLimit {
  readonly failures: number;
  readonly withinMs: number;
}

export const WINDOW_MS = 15 * 60_000;
export const PER_ACCOUNT_AND_ADDRESS: ThrottleLimit = { failures: 10, withinMs: WINDOW_MS };
/** Far higher than from one address: nobody shall keep somebody else out with a handful of wrong passwords. */
export const PER_ACCOUNT: ThrottleLimit = { failures: 100, withinMs: WINDOW_MS };
export const PER_ADDRESS: ThrottleLimit = { failures: 200, withinMs: WINDOW_MS };

/** Seconds until the next attempt is looked at; 0 when it is looked at now. `failures` newest first. */
export function waitSeconds(failures: readonly Date[], limit: ThrottleLimit, now: Date): number {
  const oldestThatCounts = failures[limit.failures - 1];
  if (!oldestThatCounts) return 0;
  return Math.max(0, Math.ceil((oldestThatCounts.getTime() + limit.withinMs - now.getTime()) / 1000));
}

/** One household has a whole IPv6 /64 to itself (RFC 6177), so it counts as one address. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  if (!address.includes(':')) return address;
  const [before = '', after] = address.toLowerCase().split('%', 1)[0]?.split('::') ?? [];
  const head = before === '' ? [] : before.split(':');
  const tail = after ? after.split(':') : [];
  const zeros = after === undefined ? [] : Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
