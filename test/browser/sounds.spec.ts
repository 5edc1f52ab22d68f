import { beforeEach, expect, it } from '@jest/globals';
import { describeWith, needs } from '../support/needs.js';
import { DESK, PHONE, type Window } from './browser.js';
import { expectSoon } from './patience.js';
import { words } from './words.js';
import { DANGER, World } from './world.js';

/**
 * Runs before the page's own. The ear is the browser's, and not ours: it may sound at once, as after a first tap, and
 * writes down the hertz of each tone. Tones of an alarm begin at 784 and end at 587; nothing else holds a 587.
 */
const EAR = `(() => {
  const tones = window.tones = [];
  const silent = { setValueAtTime() {}, linearRampToValueAtTime() {} };
  const through = (to) => to;
  window.AudioContext = class extends EventTarget {
    state = 'running';
    currentTime = 0;
    destination = {};
    resume() { return Promise.resolve(); }
    createGain() { return { gain: silent, connect: through }; }
    createOscillator() {
      const tone = { frequency: { value: 0 }, connect: through, start() { tones.push(tone.frequency.value); }, stop() {} };
      return tone;
    }
  };
})();`;
const ALARM_HERTZ = 587;
/** Longer than the pause between two alarms at the desk (20 s) and at a supervisor's (6 s). */
const AGAIN_MS = 21_000;

describeWith(needs.chromium)('an alarm that nobody has taken', () => {
  const world = World.forThisFile();
  beforeEach(() => world.clearTheBoard());

  const PLACES = [
    { who: 'coordinator', path: '/board', size: DESK, language: 'en', locale: 'en-US', off: 'sound.off' },
    { who: 'supervisor', path: '/supervisor', size: PHONE, language: 'es', locale: 'es-MX', off: 'supervise.sound.off' },
  ] as const;
  const alarmTones = ({ page }: Window): Promise<number> => page.evaluate<number>(`tones.filter((hertz) => hertz === ${ALARM_HERTZ}).length`);

  /** At their page, with a clock that the test moves. */
  async function listening({ who, path, size, locale }: (typeof PLACES)[number]): Promise<Window> {
    const window = await world.open(who, '/account', { size, locale });
    await window.context.addInitScript(EAR);
    await window.page.clock.install();
    await window.page.goto(world.url(path));
    await window.page.getByRole('main').waitFor();
    return window;
  }

  it.each(PLACES)('is heard again and again until somebody has it: $who, $language', async (place) => {
    const t = words(place.language);
    const window = await listening(place);
    const { page, faults } = window;
    expect(await alarmTones(window)).toBe(0);
    await world.take({ safety: DANGER });
    const take = page.getByRole('button', { name: t('escalation.haveThis') });
    await take.waitFor();
    await expectSoon(page.locator('html'), async () => (await alarmTones(window)) > 0, true);
    const once = await alarmTones(window);
    await page.clock.fastForward(AGAIN_MS);
    await expectSoon(page.locator('html'), async () => (await alarmTones(window)) > once, true);
    await take.click();
    await take.waitFor({ state: 'detached' });
    const until = await alarmTones(window);
    await page.clock.fastForward(AGAIN_MS * 3);
    await page.getByRole('main').waitFor();
    expect(await alarmTones(window)).toBe(until);
    expect(faults).toEqual([]);
  }, 120_000);

  it.each(PLACES)('is seen and not heard where the sound was switched off before: $who, $language', async (place) => {
    const t = words(place.language);
    const window = await listening(place);
    const { page, faults } = window;
    await page.locator('button[aria-pressed="true"], button[role="switch"]').first().click();
    await page.reload();
    await page.getByText(t(place.off)).or(page.locator('button[role="switch"][aria-checked="false"]')).first().waitFor({ state: 'attached' });
    await world.take({ safety: DANGER });
    await page.getByRole('button', { name: t('escalation.haveThis') }).waitFor();
    await page.clock.fastForward(AGAIN_MS);
    await page.getByRole('button', { name: t('escalation.haveThis') }).waitFor();
    expect(await page.evaluate('tones')).toEqual([]);
    expect(faults).toEqual([]);
  }, 120_000);
});
