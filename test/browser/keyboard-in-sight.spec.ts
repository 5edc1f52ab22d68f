import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeWith, needs } from '../support/needs.js';
import { expectSoon } from './patience.js';
import { STATE_MS, VIEWS } from './tour.js';
import { World } from './world.js';

/** More stops than any page has that is looked at here. */
const STOPS = 120;

/** Runs in the page, after Tab: what is wrong with how the focus shows, or null where the page has no further stop. */
const SEEN = `(() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const stop = { id: at.outerHTML.slice(0, 200) + at.getBoundingClientRect().left + (at.getBoundingClientRect().top + scrollY), wrong: [] };
  if (at.tagName === 'MAIN') return stop;
  const edge = (each) => { const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(each); return outlineStyle === 'none' ? 0 : parseFloat(outlineWidth) + parseFloat(outlineOffset); };
  const marked = (each) => { const { outlineStyle, outlineWidth } = getComputedStyle(each); return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && each.getBoundingClientRect().width > 4; };
  const ringed = [at, at.nextElementSibling, at.closest('label'), at.closest('.mantine-Input-input'), ...(at.labels ?? [])].find((each) => each && marked(each));
  const say = (what) => stop.wrong.push(what + ': ' + at.outerHTML.slice(0, 120));
  if (!ringed) { say('no ring'); return stop; }
  const { left, right, top, bottom, width, height } = ringed.getBoundingClientRect();
  const by = edge(ringed) - 1;
  for (let around = ringed.parentElement; around && around !== document.body; around = around.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(around);
    if (overflowX === 'visible' && overflowY === 'visible') continue;
    const box = around.getBoundingClientRect();
    if (left - by < box.left || right + by > box.right || (height < box.height && (top - by < box.top || bottom + by > box.bottom))) { say('cut off by ' + around.className); break; }
  }
  if (left - by < 0 || right + by > innerWidth || (height < innerHeight && (top - by < 0 || bottom + by > innerHeight))) say('outside the window');
  for (const share of [0.1, 0.5, 0.9]) {
    const [x, y] = [left + width / 2, top + height * share];
    const over = y > 0 && y < innerHeight ? document.elementFromPoint(x, y) : null;
    if (over && !ringed.contains(over) && !over.contains(ringed)) { say('under ' + over.outerHTML.slice(0, 80)); break; }
  }
  return stop;
})()`;
interface Stop {
  readonly id: string;
  readonly wrong: readonly string[];
}

/** Whoever goes by Tab sees where they are: WCAG 2.2, 2.4.7 and 2.4.11. */
describeWith(needs.chromium)('where Tab has come', () => {
  const world = World.forThisFile();
  let request: string;
  beforeAll(async () => {
    request = `/requests/${String((await world.take({ language: 'so' }))['id'])}`;
    await world.onDuty('peer02');
    await world.assign(await world.take({ acuity: 4 }), 'peer02');
    await world.onDuty('peer03');
  }, 120_000);

  describe.each(VIEWS)('$name', ({ how }) => {
    it.each([
      ['coordinator', '/board'], ['coordinator', '/board/new'], ['coordinator', 'the request'], ['supervisor', '/supervisor'], ['supervisor', '/supervisor/peers'], ['admin', '/admin/policies/care/default/change'],
      ['admin', '/admin/accounts/new'], ['peer02', '/peer'], ['peer03', '/peer'], ['peer04', '/peer/topics'], ['peer04', '/peer/wellness'], ['peer04', '/peer/more'],
    ])('%s at %s sees a whole ring, and nothing lies over it', async (mailbox, path) => {
      const { page } = await world.open(mailbox, path === 'the request' ? request : path, how);
      await page.getByRole('main').first().waitFor();
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
      await expectInSight(page);
    }, STATE_MS);
  });

  async function expectInSight(page: Page): Promise<void> {
    const seen = new Set<string>();
    for (let each = 0; each < STOPS; each++) {
      await page.keyboard.press('Tab');
      const id = (await page.evaluate<Stop | null>(SEEN))?.id;
      if (id === undefined || (seen.has(id) && seen.size > 2)) break;
      seen.add(id);
      await expectSoon(page.locator('html'), async () => (await page.evaluate<Stop | null>(SEEN))?.wrong, []);
    }
    expect(seen.size).toBeGreaterThan(2);
  }
});
