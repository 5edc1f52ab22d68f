// The shared worker: one stream for all tabs of this browser. Over HTTP/1.1 a browser opens six connections to a host, and
// with a stream in each tab the seventh would wait for ever, silently. The build names its file after its content, so that
// a tab from before a deploy goes on with the worker it knows.
import { attend, type Port, type Said } from './attend.js';
import { Hub } from './hub.js';
import type { News } from './line.js';

// The DOM's types know pages only; this is the part of a worker used here.
interface SharedWorkerScope {
  addEventListener(type: 'connect', listener: (event: { readonly ports: readonly Port<Said, News>[] }) => void): void;
}

const hub = new Hub((url) => new EventSource(url));

(globalThis as unknown as SharedWorkerScope).addEventListener('connect', ({ ports: [port] }) => {
  if (port) attend(hub, port, (lock) => navigator.locks.request(lock, () => undefined));
});
