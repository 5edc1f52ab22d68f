import { useSyncExternalStore } from 'react';

/** Chromium's; other browsers have it in a menu of their own. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
  readonly userChoice: Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

let waiting: InstallPrompt | null = null;
const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());

/** The browser offers it once and early, long before anybody looks for it. */
export function keepInstallPrompt(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    waiting = event as InstallPrompt;
    tell();
  });
  window.addEventListener('appinstalled', () => {
    waiting = null;
    tell();
  });
}

/** Puts the page on the home screen; null where the browser does not offer that now. */
export function useInstall(): (() => Promise<void>) | null {
  const prompt = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting,
  );
  if (!prompt) return null;
  return async () => {
    await prompt.prompt();
    await prompt.userChoice;
    waiting = null;
    tell();
  };
}

/** On an iPhone or iPad notifications need the home screen, and the browser cannot offer it itself. */
export function needsHomeScreen(): boolean {
  const apple = /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1);
  return apple && !window.matchMedia('(display-mode: standalone)').matches;
}
