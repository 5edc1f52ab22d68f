import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

interface RowFocus {
  /** The row that keys act on: the one in focus, or the last that was. */
  readonly selected: string | null;
  move(by: 1 | -1): void;
  /** Back to the selected row, or to what has moved into its place. */
  restore(): void;
}

/** Keeps the focus on its row while rows move, and on the row that takes its place when it goes. `ids` in the order shown. */
export function useRowFocus(list: RefObject<HTMLElement | null>, ids: readonly string[]): RowFocus {
  const [selected, select] = useState<string | null>(null);
  const place = useRef(0);
  /** The focus belongs to the list, though the browser drops it when a row is moved or removed. */
  const ours = useRef(false);
  const rowOf = (id: string | undefined): HTMLElement | null => (id === undefined ? null : (list.current?.querySelector<HTMLElement>(`[data-row="${id}"]`) ?? null));

  useEffect(() => {
    const focused = (event: FocusEvent): void => {
      const id = event.target instanceof HTMLElement && list.current?.contains(event.target) ? event.target.dataset.row : undefined;
      ours.current = id !== undefined;
      if (id !== undefined) select(id);
    };
    const pressed = (event: PointerEvent): void => {
      if (!(event.target instanceof Node) || !list.current?.contains(event.target)) ours.current = false;
    };
    window.addEventListener('focusin', focused);
    window.addEventListener('pointerdown', pressed);
    return () => {
      window.removeEventListener('focusin', focused);
      window.removeEventListener('pointerdown', pressed);
    };
  }, [list]);

  const restore = (): void => {
    const at = selected === null ? -1 : ids.indexOf(selected);
    rowOf(ids[at >= 0 ? at : Math.min(place.current, ids.length - 1)])?.focus();
  };
  useLayoutEffect(() => {
    // Marked past React: moving along the list draws no row anew.
    for (const marked of list.current?.querySelectorAll('[data-selected]') ?? []) marked.removeAttribute('data-selected');
    rowOf(selected ?? undefined)?.parentElement?.setAttribute('data-selected', '');
    const at = selected === null ? -1 : ids.indexOf(selected);
    if (at >= 0) place.current = at;
    if (ours.current && (document.activeElement === null || document.activeElement === document.body)) restore();
  });

  return {
    selected,
    restore: () => {
      ours.current = true;
      restore();
    },
    move: (by) => {
      const at = selected === null ? -1 : ids.indexOf(selected);
      const next = at === -1 ? (by === 1 ? 0 : ids.length - 1) : Math.min(Math.max(at + by, 0), ids.length - 1);
      rowOf(ids[next])?.focus();
    },
  };
}
