const PREFIX = 'pd.peer.';
/** Kept without an account by earlier versions: nobody knows whose they are. */
const WITHOUT_OWNER: readonly string[] = ['pd.check-in', 'pd.last-shift', 'pd.own-check.readiness', 'pd.own-check.end-of-shift'];

/** Where a browser that several people may use keeps what is one person's. */
export function ownName(accountId: string, name: string): string {
  return `${PREFIX}${accountId}.${name}`;
}

/** Nothing that tells of a person stays in the browser they have left. */
export function forgetOwn(storage: Pick<Storage, 'length' | 'key' | 'removeItem'>): void {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  for (const name of names) if (name.startsWith(PREFIX) || WITHOUT_OWNER.includes(name)) storage.removeItem(name);
}
