import { useMe } from '../shell/session.js';

/** What the reader's roles include; the server has the last word (`config/roles.json`). */
export function useMay(): { readonly coordinate: boolean } {
  const { account } = useMe();
  return { coordinate: account.roles.includes('coordinator') };
}
