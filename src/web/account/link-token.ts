const REMEMBERED = 'pd.welcome';
const TOKEN = /^[\w-]{20,200}$/;

interface Places {
  readonly location: Pick<Location, 'hash' | 'pathname'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

/**
 * The token behind the `#`, taken out of the address at once: what stands there stays in the browser's history. This tab
 * alone remembers it, so that a page that is loaded again goes on.
 */
export function takeToken({ location, history, storage }: Places): string | null {
  const fromAddress = location.hash.slice(1);
  if (TOKEN.test(fromAddress)) {
    storage.setItem(REMEMBERED, fromAddress);
    history.replaceState(null, '', location.pathname);
  }
  return storage.getItem(REMEMBERED);
}

export function forgetToken(storage: Places['storage']): void {
  storage.removeItem(REMEMBERED);
}
