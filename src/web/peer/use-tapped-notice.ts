import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { MyOfferView } from '../../dispatch/contract.js';
import { queries } from '../api/queries.js';
import { workersWork } from '../sw/register.js';
import { say } from './notice.js';

/** Where the service worker leads for an offer (sw/path-of.ts), of which no page may load a part: it is one file. */
const ASKED = '#asked';

/** Somebody tapped a notice of an offer: where nothing is asked any more, that is said, and notices that are over go. */
export function useTappedNotice(offers: readonly MyOfferView[] | undefined): void {
  const { hash, pathname } = useLocation();
  const navigate = useNavigate();
  const client = useQueryClient();
  useEffect(() => {
    if (hash !== ASKED) return;
    void navigate(pathname, { replace: true });
    const fresh = { staleTime: 0 };
    void Promise.all([client.fetchQuery({ ...queries.offers(), ...fresh }), client.fetchQuery({ ...queries.assignments(), ...fresh })])
      .then(([asked, held]) => asked.items.length === 0 && held.items.every(({ endedAt }) => endedAt !== null) && say(['gone.since']))
      .catch(() => undefined);
  }, [hash, pathname, navigate, client]);

  const standing = offers?.map(({ id }) => id).join();
  useEffect(() => {
    if (standing === undefined || !workersWork()) return;
    void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage({ standingOffers: standing.split(',') }, []));
  }, [standing]);
}
