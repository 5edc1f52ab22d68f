import { useRemembered } from '../parts/remembered.js';
import { useMe } from '../shell/session.js';
import { ownName } from './own-names.js';

/** A choice of this person in this browser. It may tell of their limits: it is nobody else's, and signing out forgets it. */
export function useOwnRemembered(name: string): [string, (value: string) => void] {
  const { account } = useMe();
  return useRemembered(ownName(account.id, name), '');
}
