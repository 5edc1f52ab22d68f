// The service worker: shows what is pushed and opens the page it is about, and keeps the page's own files, so that a
// peer's page opens without a network. It keeps no answer of the API, ever: nothing about anybody lies in a cache.
import { pathOf } from './path-of.js';
import { keepFor, ShellCache, type Shell } from './shell-cache.js';

/** Written in by the build (vite.config.mjs). */
declare const SHELL_OF_THIS_BUILD: Shell;

type Language = 'en' | 'es';
interface Pushed {
  readonly kind: string;
  readonly subjectId: string;
  readonly text: Readonly<Record<Language, { readonly title: string; readonly body: string }>>;
}

// The DOM's types know pages only; these are the parts of a worker used here.
interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
/** Where the browser has static routes (Service Workers, § InstallEvent.addRoutes). */
interface InstallEvent extends LastingEvent {
  addRoutes?(routes: readonly { readonly condition: { readonly urlPattern: string }; readonly source: 'network' }[]): Promise<void>;
}
interface PushEvent extends LastingEvent {
  readonly data: { json(): unknown } | null;
}
interface NotificationClickEvent extends LastingEvent {
  readonly notification: Notification;
}
interface MessageEventOfPage extends LastingEvent {
  readonly data: unknown;
}
interface FetchEvent extends LastingEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Page {
  readonly url: string;
  focus(): Promise<unknown>;
  navigate(url: string): Promise<unknown>;
}
interface Worker {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { matchAll(of: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Page[]>; openWindow(url: string): Promise<unknown>; claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install', listener: (event: InstallEvent) => void): void;
  addEventListener(type: 'activate', listener: (event: LastingEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEventOfPage) => void): void;
  addEventListener(type: 'push', listener: (event: PushEvent) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: NotificationClickEvent) => void): void;
}
const worker = globalThis as unknown as Worker;

const files = SHELL_OF_THIS_BUILD;
const shell = new ShellCache(files, caches);

worker.addEventListener('install', (event) => {
  event.waitUntil(Promise.all([pastTheWorker(event), shell.fill()]).then(() => worker.skipWaiting()));
});
worker.addEventListener('activate', (event) => event.waitUntil(shell.tidy().then(() => worker.clients.claim())));

worker.addEventListener('fetch', (event) => {
  const keep = keepFor(event.request, new URL(location.href).origin, files);
  if (keep === 'page') event.respondWith(shell.page(event.request));
  if (keep === 'file') event.respondWith(shell.file(event.request));
});

worker.addEventListener('push', (event) => {
  const pushed = read(event.data);
  if (!pushed) return;
  const { title, body } = pushed.text[language()];
  // `renotify` is not in the DOM's types: a page that repeats sounds again although it replaces the one before.
  const options: NotificationOptions & { readonly renotify: boolean } = {
    body, tag: pushed.subjectId, renotify: true, requireInteraction: true, lang: language(), data: { kind: pushed.kind, path: pathOf(pushed.kind) },
  };
  // A peer is asked one thing at a time: whatever was asked before is over.
  const before = pushed.kind === 'offer' ? closeOffersBut([pushed.subjectId]) : Promise.resolve();
  event.waitUntil(Promise.all([before, worker.registration.showNotification(title, options)]));
});

/** A page says which offers stand; notices of others are true no longer. */
worker.addEventListener('message', (event) => {
  const { standingOffers } = (event.data ?? {}) as { readonly standingOffers?: readonly string[] };
  if (standingOffers) event.waitUntil(closeOffersBut(standingOffers));
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open((event.notification.data as { path: string }).path));
});

/**
 * What goes to the API goes past this worker altogether. To be handed to a worker first costs time, and what a page
 * sends in the moment it is left (“I must go”) was lost on that way about every other time.
 */
async function pastTheWorker(event: InstallEvent): Promise<void> {
  // Where a browser knows of none, or not of these, requests come to the listener above and are let go.
  await event.addRoutes?.([{ condition: { urlPattern: '/api/*' }, source: 'network' }]).catch(() => undefined);
}

async function closeOffersBut(standing: readonly string[]): Promise<void> {
  for (const notice of await worker.registration.getNotifications()) {
    if ((notice.data as { kind?: string } | null)?.kind === 'offer' && !standing.includes(notice.tag)) notice.close();
  }
}

/** Anything that is not ours shows nothing. */
function read(data: PushEvent['data']): Pushed | null {
  try {
    const value = data?.json() as Partial<Pushed> | null | undefined;
    return value?.kind && value.subjectId && value.text?.en && value.text.es ? (value as Pushed) : null;
  } catch {
    return null;
  }
}

/** The language the page was registered in, else the browser's. */
function language(): Language {
  const said = new URL(location.href).searchParams.get('lang') ?? navigator.language;
  return said.startsWith('es') ? 'es' : 'en';
}

/** A page that shows it already comes to the front; else a new one opens. One that shows anything else is left alone: a request may be half written there. */
async function open(path: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const { pathname, hash } = new URL(path, location.href);
  const there = pages.find((page) => new URL(page.url).pathname === pathname);
  if (!there) await worker.clients.openWindow(path);
  else {
    await there.focus();
    // No more than a word to the page that is there; nothing is loaded.
    if (hash !== '') await there.navigate(path).catch(() => undefined);
  }
}
