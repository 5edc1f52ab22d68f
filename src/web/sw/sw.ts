// The service worker: shows what is pushed and opens the page it is about. It stands alone, keeps no answers of the
// API and asks the network for nothing, so it also works where the page would not load.

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
  addEventListener(type: 'push', listener: (event: PushEvent) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: NotificationClickEvent) => void): void;
}
const worker = globalThis as unknown as Worker;

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

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
  return kind === 'page' ? '/board' : '/peer';
}

/** A page that shows it already comes to the front; else one of ours goes there, else a new one opens. */
async function open(path: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = pages.find((page) => new URL(page.url).pathname === path);
  if (there) await there.focus();
  else if (pages[0]) await pages[0].focus().then(() => pages[0]?.navigate(path));
  else await worker.clients.openWindow(path);
}
