import { useLayoutEffect, useRef, type RefObject } from 'react';
import { overtaking } from './overtaking.js';

const MOVE_MS = 150;

/** Whoever looks away for a moment sees which row went up: it glides to its new place. With reduced motion it is simply there. `ids` in the order shown. */
export function useRowMotion(list: RefObject<HTMLElement | null>, ids: readonly string[]): void {
  const before = useRef<{ readonly ids: readonly string[]; readonly tops: ReadonlyMap<string, number> }>({ ids: [], tops: new Map() });
  const order = ids.join();
  useLayoutEffect(() => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].flatMap((link) => (link.dataset.row && link.parentElement ? [{ id: link.dataset.row, row: link.parentElement }] : []));
    const start = list.current?.offsetTop ?? 0;
    const tops = new Map(rows.map(({ id, row }) => [id, row.offsetTop - start]));
    const up = new Set(window.matchMedia('(prefers-reduced-motion: reduce)').matches ? [] : overtaking(before.current.ids, order.split(',')));
    for (const { id, row } of rows) {
      const by = (before.current.tops.get(id) ?? 0) - (tops.get(id) ?? 0);
      if (up.has(id) && by > 0) row.animate([{ transform: `translateY(${by}px)` }, { transform: 'none' }], { duration: MOVE_MS, easing: 'ease-out' });
    }
    before.current = { ids: order.split(','), tops };
  }, [list, order]);
}
