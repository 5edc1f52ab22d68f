import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { call, newKey } from '../api/http.js';
import { sentenceKeys } from '../api/problem.js';
import { queries } from '../api/queries.js';
import { useLive } from '../live/live.js';
import { KEPT_ACCEPT, KeptAccepting, type Sending } from './kept-accept.js';
import { leave, say } from './notice.js';

const heard = new Set<() => void>();

/** One for the page, so that it goes on whatever the page shows. */
const accepting = new KeptAccepting(
  {
    read: () => localStorage.getItem(KEPT_ACCEPT),
    write: (text) => (text === null ? localStorage.removeItem(KEPT_ACCEPT) : localStorage.setItem(KEPT_ACCEPT, text)),
    send: async ({ offerId, key }) => void (await call(`/offers/${encodeURIComponent(offerId)}/accept`, { method: 'POST', key })),
    newKey,
    later: (ms, later) => {
      const timer = setTimeout(later, ms);
      return () => clearTimeout(timer);
    },
  },
  (fault, { offerId }) => {
    leave(offerId);
    if (fault !== null) say(sentenceKeys(fault));
    for (const hear of heard) hear();
  },
);

/** "I'll take it", kept until the server has answered. */
export function useAccepting(): { readonly sending: Sending; readonly accept: (offerId: string) => void } {
  const client = useQueryClient();
  const { kind: live } = useLive();
  const sending = useSyncExternalStore(accepting.subscribe, accepting.now);
  useEffect(() => {
    const refresh = (): void => {
      for (const { queryKey } of [queries.offers(), queries.assignments(), queries.duty()]) void client.invalidateQueries({ queryKey });
    };
    heard.add(refresh);
    return () => void heard.delete(refresh);
  }, [client]);
  useEffect(() => {
    const go = (): void => {
      if (document.visibilityState === 'visible') void accepting.go();
    };
    // The line is there again, or was never gone.
    if (live !== 'lost') go();
    window.addEventListener('online', go);
    document.addEventListener('visibilitychange', go);
    return () => {
      window.removeEventListener('online', go);
      document.removeEventListener('visibilitychange', go);
    };
  }, [live]);
  const accept = (offerId: string): void => {
    leave(offerId);
    accepting.accept(offerId);
  };
  return { sending, accept };
}
