import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Locator, Page, Route } from 'playwright-core';

/** As long as a window waits for anything (browser.ts): a machine with two processors may be busy with something else. */
export const PATIENCE_MS = 30_000;
const ASK_AGAIN_MS = 100;
/** How far a page's clock is set forward to be stopped: a slow machine must not have got there before it stops. */
const STOPS_AHEAD_MS = 10_000;

/** Asks the server until there is an answer; the test's own time limit ends what never comes. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(ASK_AGAIN_MS);
  }
}

/**
 * Asks again, once a frame, until the page answers so; what it answered last is what a failure shows. A page hears of
 * what has happened when the server tells it, so no test may ask only once (test/architecture/source-rules.ts).
 */
export async function expectSoon<T>(of: Locator, ask: (of: Locator) => Promise<T>, expected: unknown): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const said = await ask(of);
    try {
      expect(said).toEqual(expected);
      return;
    } catch (fault) {
      if (performance.now() > until) throw fault;
    }
    await of.page().evaluate('new Promise((shown) => requestAnimationFrame(shown))');
  }
}

/** None of it is on the page any more. Where it may never have been, first wait for what shows that the page has settled. */
export async function expectGone(...what: readonly Locator[]): Promise<void> {
  for (const each of what) await each.first().waitFor({ state: 'detached' });
}

export const expectCount = (of: Locator, expected: number): Promise<void> => expectSoon(of, (each) => each.count(), expected);

export const expectPath = (page: Page, path: string): Promise<void> => page.waitForURL(({ pathname }) => pathname === path);

/** The page is no wider than its window: nobody has to scroll sideways. */
export function expectFitsItsWidth(page: Page): Promise<void> {
  return expectSoon(page.locator('html'), (html) => html.evaluate((root) => {
    const { scrollWidth, clientWidth } = root as unknown as { readonly scrollWidth: number; readonly clientWidth: number };
    return Math.max(0, scrollWidth - clientWidth);
  }), 0);
}

/** The page's clock stands still, so that what is there for seconds only is still there; `page.clock.resume()` lets it go on. */
export async function standStill(page: Page): Promise<void> {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + STOPS_AHEAD_MS);
}

/**
 * Whatever asks for `api` is in trouble until somebody taps the button of that name: a page asks again by itself too, and
 * must not be well again, and its button gone, before the tap that is tested.
 */
export async function troubleUntilTapped(page: Page, api: string | RegExp, name: string, trouble: (route: Route) => Promise<void>): Promise<void> {
  const listen = `addEventListener('click', ({ target }) => { globalThis.tapped ||= target.closest('button')?.textContent === ${JSON.stringify(name)}; }, true)`;
  await page.addInitScript(listen);
  await page.evaluate(listen);
  await page.context().route(api, async (route) => ((await page.evaluate('globalThis.tapped === true')) ? route.continue() : trouble(route)));
}

/** The same, for a page that knew: somebody comes back to its tab, and it asks anew, though not while an answer is on its way already. */
export async function troubleOnComingBack(page: Page, api: string | RegExp, name: string, trouble: (route: Route) => Promise<void>): Promise<void> {
  let asked = false;
  await troubleUntilTapped(page, api, name, (route) => {
    asked = true;
    return trouble(route);
  });
  await eventually(async () => {
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))');
    return asked || undefined;
  });
}

/** What stands there, once something does. */
export async function textOf(of: Locator): Promise<string> {
  await of.filter({ hasText: /\S/ }).waitFor();
  return (await of.innerText()).trim();
}
