/** What somebody can be in the midst of: the nearest of these that is still there takes the place of what has gone. */
const PLACES = 'li, tr, article, section, form, fieldset, [role="dialog"], main';

interface Held {
  readonly element: HTMLElement;
  readonly around: readonly HTMLElement[];
  readonly path: string;
}

/**
 * A button is disabled while what it does is under way, and often gone once it is done. Each time the browser would
 * leave the keyboard at the top of the page. Here the place is given back: to the button when it can be pressed again,
 * else to what it stood in, so that Tab goes on from there and a screen reader says where that is.
 */
export function keepFocus(): void {
  let held: Held | null = null;
  window.addEventListener('focusin', ({ target }) => {
    held = target instanceof HTMLElement ? { element: target, around: placesAround(target), path: window.location.pathname } : null;
  });
  window.addEventListener('focusout', ({ target, relatedTarget }) => {
    // Whoever clicks beside everything leaves of their own accord. What is about to be removed still looks as if it stayed.
    if (target !== held?.element || relatedTarget !== null) return;
    queueMicrotask(() => {
      if (target === held?.element && canHold(held.element)) held = null;
    });
  });
  new MutationObserver(() => {
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (!lost || held === null) return;
    if (canHold(held.element)) held.element.focus({ preventScroll: true });
    else if (!held.element.isConnected) standIn(held);
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
}

function canHold(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled');
}

function placesAround(element: HTMLElement): readonly HTMLElement[] {
  const around: HTMLElement[] = [];
  for (let each = element.parentElement?.closest<HTMLElement>(PLACES); each; each = each.parentElement?.closest<HTMLElement>(PLACES)) around.push(each);
  return around;
}

/** Another page says itself where it begins; on the same one, its main part is better than its very top. */
function standIn({ around, path }: Held): void {
  const place = around.find(({ isConnected }) => isConnected) ?? (window.location.pathname === path ? document.querySelector<HTMLElement>('main') : null);
  if (!place) return;
  if (!place.hasAttribute('tabindex')) {
    place.tabIndex = -1;
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
  }
  place.focus({ preventScroll: true });
}
