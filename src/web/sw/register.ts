import type { Language } from '../i18n.js';

const WORKER = '/sw.js';

export function workersWork(): boolean {
  return 'serviceWorker' in navigator && window.isSecureContext;
}

/** One address for one language: registering another replaces the worker, which then speaks that language. */
export function registerWorker(language: Language): Promise<ServiceWorkerRegistration> {
  return navigator.serviceWorker.register(`${WORKER}?lang=${language}`, { scope: '/', updateViaCache: 'none' });
}

/** Once the page stands: its files are kept for the day without a network. What goes wrong here costs only that. */
export function keepShell(language: Language): void {
  // While pages are being written nothing is hashed, and nothing may be kept.
  if (!workersWork() || !import.meta.env.PROD) return;
  const register = (): void => void registerWorker(language).catch(() => undefined);
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register, { once: true });
}

const RELOADED = 'pd.reloaded-for';

/**
 * An old tab asks for a file that a deploy has taken away: loading the page afresh is the cure, once. If it is gone
 * even then, the page says so itself.
 */
export function reloadOnceWhenOutdated(): void {
  window.addEventListener('vite:preloadError', () => {
    const mine = mainScript();
    if (sessionStorage.getItem(RELOADED) === mine) return;
    sessionStorage.setItem(RELOADED, mine);
    window.location.reload();
  });
}

/** The file this page was started from; its name changes with each version. */
export function mainScript(): string {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  return script ? new URL(script.src).pathname : '';
}
