import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { lookForNewVersion } from '../sw/new-version.js';
import type { LiveEvent } from './event-types.js';
import { gatherer } from './gather.js';
import type { LiveState, News } from './line.js';
import { Tab } from './tab.js';
import { ownWay, sharedWay } from './ways.js';

const LiveContext = createContext<LiveState>({ kind: 'connecting' });
export const useLive = (): LiveState => useContext(LiveContext);

/** For the few who must know what happened, and not only that something did. */
export function onLive(hear: (event: LiveEvent) => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}
const hearers = new Set<(event: LiveEvent) => void>();

/** Keeps what is below it as it is at the server, for whoever is signed in. */
export function LiveProvider({ accountId, children }: { accountId: string; children: ReactNode }): ReactElement {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>({ kind: 'connecting' });
  const began = useRef(accountId);
  useEffect(() => {
    if (began.current === accountId) return listen(client, accountId, setState);
    // Somebody else has signed in, in another tab: nothing this one has seen is for them.
    window.location.reload();
    return undefined;
  }, [client, accountId]);
  return <LiveContext value={state}>{children}</LiveContext>;
}

function listen(client: QueryClient, accountId: string, show: (state: LiveState) => void): () => void {
  const refresh = gatherer(client);
  let shown: LiveState = { kind: 'connecting' };

  const become = (state: LiveState): void => {
    // Lost is lost until the line stands, and since the moment this tab was told so.
    if (state.kind === shown.kind || (shown.kind === 'lost' && state.kind !== 'live')) return;
    // What interrupted the line may have been a deploy.
    if (shown.kind === 'lost') void lookForNewVersion();
    shown = state;
    show(state);
  };
  const hear = (news: News): void => {
    if (news.kind === 'state') become(news.state);
    else if (news.kind === 'everything') refresh.everything();
    else {
      for (const each of hearers) each(news.event);
      refresh.after(news.event);
    }
  };
  const tab = new Tab(accountId, sharedWay(), ownWay, hear);

  const lookUp = (): void => {
    if (document.visibilityState === 'visible') tab.lookUp();
  };
  const online = (): void => tab.online();
  window.addEventListener('online', online);
  document.addEventListener('visibilitychange', lookUp);
  return () => {
    document.removeEventListener('visibilitychange', lookUp);
    window.removeEventListener('online', online);
    refresh.stop();
    tab.close();
  };
}
