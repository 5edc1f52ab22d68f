/** What shows that a part within it has the focus: the label of a hidden choice, the frame around tokens. */
const SHOWN_BY = 'label, .mantine-Input-input';
/** While a list of choices opens, a phone's window is wider and higher than the phone; by then the list has its place. */
const SETTLED_MS = 250;

/**
 * Whoever goes by Tab sees where they are (WCAG 2.2, 2.4.11). Left to themselves browsers are content with a part of it,
 * outside a strip that scrolls or under a bar that stays; here all of it comes into sight, with its `scroll-padding`.
 */
export function keepFocusInSight(): void {
  let byTab = false;
  window.addEventListener('keydown', ({ key }) => {
    byTab = key === 'Tab';
  }, true);
  window.addEventListener('pointerdown', () => {
    byTab = false;
  }, true);
  const show = (): void => {
    if (byTab) (document.activeElement?.closest(SHOWN_BY) ?? document.activeElement)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  window.addEventListener('focusin', () => {
    show();
    setTimeout(show, SETTLED_MS);
  });
}
