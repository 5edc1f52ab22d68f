import type { ReactElement } from 'react';

/** The few signs in use, drawn on a 16 px grid. Always beside words or in a part that has a name, so hidden from readers. */
const PATHS = {
  alert: 'M8 1.8 14.9 14H1.1ZM8 6.2v3.6M8 12v.1',
  back: 'M9.5 3 4.5 8l5 5',
  caret: 'M4 6.2 8 10.2l4-4',
  check: 'M3 8.6 6.4 12 13 4.6',
  lock: 'M3.5 7.2h9V14h-9ZM5.4 7V5a2.6 2.6 0 0 1 5.2 0v2',
  note: 'M3.5 1.8h6l3 3v9.4h-9ZM9.2 2v3.2h3.2M5.6 8h4.8M5.6 10.6h4.8',
  person: 'M8 8a2.9 2.9 0 1 1 0-5.8A2.9 2.9 0 0 1 8 8ZM2.6 14c.5-2.3 2.6-3.6 5.4-3.6s4.9 1.3 5.4 3.6',
  plus: 'M8 3v10M3 8h10',
  silent: 'M2.5 6v4h2.6L9 13V3L5.1 6ZM11.5 6.2l3 3.6M14.5 6.2l-3 3.6',
  sound: 'M2.5 6v4h2.6L9 13V3L5.1 6ZM11.4 5.8a3.4 3.4 0 0 1 0 4.4M13.3 4a6 6 0 0 1 0 8',
  stop: 'M8 1.7a6.3 6.3 0 1 1 0 12.6A6.3 6.3 0 0 1 8 1.7ZM8 4.9v3.6M8 10.9v.1',
} as const;

export function Icon({ name, size = 16 }: { name: keyof typeof PATHS; size?: number }): ReactElement {
  return (
    <svg viewBox="0 0 16 16" width={size} height={size} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
