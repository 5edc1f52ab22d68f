// The service worker: shows what is pushed and opens the page it is about, and keeps the page's own files, so that a
// peer's page opens without a network. It keeps no answer of the API, ever: nothing about anybody lies in a cache.
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
interface PushEvent extends LastingEvent {
  readonly data: { json(): unknown } | null;
}
interface NotificationClickEvent extends LastingEvent {
  readonly notification: Notification;
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
  addEventListener(type: 'install' | 'activate', listener: (event: LastingEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'push', listener: (event: PushEvent) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: NotificationClickEvent) => void): void;
}
const worker = globalThis as unknown as Worker;

const files = SHELL_OF_THIS_BUILD;
const shell = new ShellCache(files, caches);

worker.addEventListener('install', (event) => event.waitUntil(shell.fill().then(() => worker.skipWaiting())));
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
    body, tag: pushed.subjectId, renotify: true, requireInteraction: true, lang: language(), data: { path: pathOf(pushed.kind) },
  };
  event.waitUntil(worker.registration.showNotification(title, options));
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open((event.notification.data as { path: string }).path));
});

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

function pathOf(kind: string): string {
  // What waits in the inbox waits on whatever page is the person's own.
  if (kind === 'inbox') return '/';
  return kind === 'page' ? '/supervisor' : '/peer';
}

/** A page that shows it already comes to the front; else one of ours goes there, else a new one opens. */
async function open(path: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = pages.find((page) => new URL(page.url).pathname === path);
  if (there) await there.focus();
  else if (pages[0]) await pages[0].focus().then(() => pages[0]?.navigate(path));
  else await worker.clients.openWindow(path);
}
