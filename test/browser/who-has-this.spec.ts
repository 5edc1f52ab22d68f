import { beforeAll, expect, it } from '@jest/globals';
import { itemsOf, type JsonObject } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { BOTH } from './browser.js';
import { expectFitsItsWidth, expectGone } from './patience.js';
import { words } from './words.js';
import { DANGER, World } from './world.js';

const JOURNEY_MS = 120_000;

describeWith(needs.chromium)('an escalation: who may take it', () => {
  const world = World.forThisFile();

  beforeAll(async () => {
    const admin = await world.as('admin');
    const accounts = itemsOf(await admin.get('/accounts?limit=100'));
    const accountOf = (mailbox: string): JsonObject => accounts.find(({ email }) => email === `${mailbox}@demo.test`) ?? {};
    // A second person at the desk, who stands on no list.
    const { id, version } = accountOf('planner');
    expect((await admin.patch(`/accounts/${String(id)}`, { roles: ['coordinator'], programmeIds: [world.programme()] }, version)).status).toBe(200);
    const list = `/programmes/${world.programme()}/clinicians-on-call`;
    const { version: held } = (await admin.get(list)).body;
    expect((await admin.replace(list, { accountIds: [accountOf('coordinator')['id']] }, held)).status).toBe(200);
  }, 120_000);

  it.each(BOTH)('is the clinician on call where a clinician is needed, though the desk has it, and nobody else at the desk: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const [desk, clinician] = [await world.open('planner', '/board', { size, locale }), await world.open('coordinator', '/board', { size, locale })];
    const request = await world.take({ needsClinician: true });
    const take = { name: t('escalation.haveThis') };
    const confirm = { name: t('escalation.confirm') };
    await desk.page.getByRole('button', take).click();
    await desk.page.getByRole('button', confirm).waitFor();
    await expectGone(desk.page.getByRole('button', take));
    await clinician.page.getByText(t('alarm.inHandOf', { name: 'Noel (demo)' })).waitFor();
    await clinician.page.getByRole('button', take).waitFor();

    await clinician.page.goto(world.url(`/requests/${String(request['id'])}`));
    await clinician.page.getByRole('button', take).click();
    await clinician.page.getByRole('button', confirm).waitFor();
    await expectGone(clinician.page.getByRole('button', take));
    await desk.page.getByText(t('alarm.inHandOf', { name: 'Alex (demo)' })).waitFor();
    for (const { page } of [desk, clinician]) await expectFitsItsWidth(page);
    expect([...desk.faults, ...clinician.faults]).toEqual([]);
    await world.cancel(request['id']);
  }, JOURNEY_MS);

  it.each(BOTH)('and who confirmed that help is there is read on the page and in the timeline, by a code or by name: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page, faults } = await world.open('coordinator', '/board', { size, locale });
    for (const [name, confirm] of [
      [t('confirmedBy.mobile-team'), () => page.getByRole('button', { name: t('confirmedBy.mobile-team') }).click()],
      ['St. Mary’s', () => page.getByLabel(t('escalation.byOther')).fill('St. Mary’s').then(() => page.keyboard.press('Enter'))],
    ] as const) {
      const request = await world.take({ safety: DANGER });
      await page.goto(world.url(`/requests/${String(request['id'])}`));
      await page.getByRole('button', { name: t('escalation.haveThis') }).click();
      await page.getByRole('button', { name: t('escalation.confirm') }).click();
      await confirm();
      await page.locator('p', { hasText: t('escalation.helpIsThere', { name }) }).waitFor();
      const by = name === 'St. Mary’s' ? t('confirmedBy.other') : name;
      await page.getByRole('region', { name: t('request.timeline') }).getByText(t('event.escalation-closed-confirmed', { by })).waitFor();
      await expectFitsItsWidth(page);
    }
    expect(faults).toEqual([]);
  }, JOURNEY_MS);
});
