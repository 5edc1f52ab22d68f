import type { Hub } from './hub.js';
import type { News, Told } from './line.js';

/** What a tab says to the hub. Everything but `leave` is answered with the state, so that a tab knows when nobody is there. */
export type Said =
  /** The tab holds the lock of this name for as long as it is there: a port that is closed tells nobody. */
  | { readonly say: 'join'; readonly accountId: string; readonly lock: string }
  | { readonly say: 'ask' }
  | { readonly say: 'look-up' }
  | { readonly say: 'online' }
  | { readonly say: 'leave' };

/** Of a `MessagePort`, what either end uses of it. */
export interface Port<In, Out> {
  addEventListener(type: 'message', listener: (message: Told<In>) => void): void;
  /** Nothing is heard before. */
  start(): void;
  postMessage(said: Out): void;
  close(): void;
}

/** Serves one tab. `gone` settles when the lock of that name is free: the tab is closed, or has crashed. */
export function attend(hub: Hub, port: Port<Said, News>, gone: (lock: string) => Promise<unknown>): void {
  const tab = { tell: (news: News): void => port.postMessage(news) };
  const leave = (): void => {
    hub.leave(tab);
    port.close();
  };
  port.addEventListener('message', ({ data: said }) => {
    switch (said.say) {
      case 'join':
        hub.join(tab, said.accountId);
        // Where it cannot be known whether a tab is there, it is as if it were not: it hears nothing, and listens by itself.
        void gone(said.lock).then(leave, leave);
        return;
      case 'ask':
        return hub.answer(tab);
      case 'look-up':
        hub.lookUp(tab);
        return hub.answer(tab);
      case 'online':
        hub.renew(tab);
        return hub.answer(tab);
      case 'leave':
        return leave();
    }
  });
  port.start();
}
