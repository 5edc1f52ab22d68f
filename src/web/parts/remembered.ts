import { useSyncExternalStore } from 'react';

/** A choice of this browser, kept across visits and shared between tabs. */
export function useRemembered(name: string, otherwise: string): [string, (value: string) => void] {
  const value = useSyncExternalStore(subscribe, () => localStorage.getItem(name) ?? otherwise);
  const remember = (next: string): void => {
    localStorage.setItem(name, next);
    for (const listener of listeners) listener();
  };
  return [value, remember];
}

const listeners = new Set<() => void>();
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}
