import { beforeAll, describe, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { itemsOf } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { openWindow } from './browser.js';
import { textOf } from './patience.js';
import { expectOpenToAll, STATE_MS, VIEWS } from './tour.js';
import { World } from './world.js';

/** Where, and the word of the catalogue, or the text, that shows that the page is there. */
const PAGES: readonly (readonly [string, string])[] = [
  ['/admin/programmes', 'Warmline'],
  ['/admin/programmes/new', 'admin.programmes.found'],
  ['/admin/programmes/areas', 'Lane County'],
  ['/admin/on-call', 'Kim (demo)'],
  ['/admin/peers', 'Vlad I. (demo)'],
  ['/admin/peers/new', 'admin.peers.newHelp'],
  ['/admin/catalogue?kind=outcomes', 'no-contact'],
  ['/admin/policies', 'admin.policies.everybody'],
  ['/admin/policies/default', 'admin.policies.nowInUse'],
  ['/admin/policies/care/default', 'admin.policies.nowInUse'],
  ['/admin/policies/care/default/change', 'admin.policies.showChanges'],
  ['/admin/relapse-policies', 'relapsePolicy.standing.in-force'],
  ['/admin/gates', 'peer-unavailable'],
  ['/admin/accounts', 'Kim (demo)'],
  ['/admin/accounts/new', 'accounts.makeLink'],
  ['/admin/api-keys', 'apiKeys.help'],
];

describeWith(needs.chromium)('every state of administration', () => {
  const world = World.forThisFile();

  describe.each(VIEWS)('$name', ({ t, how, language }) => {
    let page: Page;
    const goTo = async (path: string): Promise<void> => void (await page.goto(world.url(path)));
    const text = (said: string): Promise<void> => page.getByText(said).first().waitFor();
    const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
    const idOf = async (list: string): Promise<string> => String(itemsOf(await (await world.as('admin')).get(list))[0]?.['id']);

    beforeAll(async () => {
      ({ page } = await world.open('admin', '/', { ...how, stays: true }));
    }, STATE_MS);

    it.each(PAGES)('%s', async (path, ready) => {
      await goTo(path);
      await text(t(ready));
      await expectOpenToAll(page);
    }, STATE_MS);

    it('a programme, and the question before it is closed', async () => {
      await goTo(`/admin/programmes/${await idOf('/programmes')}`);
      await press(t('admin.programmes.close'));
      await page.getByRole('group').getByRole('button', { name: t('admin.programmes.close') }).waitFor();
      await expectOpenToAll(page);
    }, STATE_MS);

    it('a peer', async () => {
      await goTo(`/admin/peers/${await idOf('/peers?limit=1')}`);
      await text(t('admin.traits.title'));
      await expectOpenToAll(page);
    }, STATE_MS);

    it('a new entry of the catalogue, refused', async () => {
      await goTo('/admin/catalogue?kind=outcomes');
      await press(t('admin.catalogue.new'));
      await page.getByLabel(t('admin.catalogue.en')).fill('Nobody there');
      await page.getByLabel(t('admin.catalogue.es')).fill('Nadie');
      await page.getByLabel(t('admin.catalogue.code')).fill('no-contact');
      await press(t('admin.save'));
      await text(t('admin.fault.taken'));
      await expectOpenToAll(page);
    }, STATE_MS);

    it('a policy being changed, at fault, and what will change', async () => {
      await goTo('/admin/policies/default/change');
      const urgent = page.getByRole('group', { name: t('policy.acuity', { number: 2, name: t('acuity.2') }) });
      await urgent.getByLabel(t('policy.field.offerSeconds')).fill('soon');
      await press(t('admin.policies.showChanges'));
      await text(t('policy.fault.invalid-type'));
      await expectOpenToAll(page);
      await urgent.getByLabel(t('policy.field.offerSeconds')).fill('75');
      await press(t('admin.policies.showChanges'));
      await page.getByRole('heading', { name: t('admin.policies.review') }).waitFor();
      await expectOpenToAll(page);
    }, STATE_MS);

    it('an account, a key handed on, and the question before it is revoked', async () => {
      await goTo('/admin/api-keys');
      await press(t('apiKeys.make'));
      await page.getByLabel(t('apiKeys.name'), { exact: true }).fill(`County ${language}`);
      await press(t('apiKeys.make'));
      await text(t('apiKeys.madeTitle'));
      await expectOpenToAll(page);
      await press(t('accounts.handedOn'));
      await press(t('apiKeys.revokeOf', { name: `County ${language}` }));
      await expectOpenToAll(page);
      await page.getByRole('group').getByRole('button', { name: t('apiKeys.revoke') }).click();
    }, STATE_MS);

    it('somebody invited, their account, their door, and the link when it has served', async () => {
      const name = `Jo ${language}`;
      await goTo('/admin/accounts/new');
      await page.getByLabel(t('accounts.name')).fill(name);
      await page.getByLabel(t('signIn.email')).fill(`jo-${language}@county.example`);
      await page.getByRole('button', { name: t('role.peer'), exact: true }).click();
      await press(t('accounts.makeLink'));
      await text(t('accounts.linkTitle'));
      const link = await textOf(page.locator('output'));
      await expectOpenToAll(page);
      await press(t('accounts.handedOn'));
      await page.getByRole('heading', { name: t('accounts.doors') }).waitFor();
      await expectOpenToAll(page);

      const { page: door } = await openWindow(how);
      await door.goto(link);
      await door.getByRole('heading', { name: t('welcome.heading.invite', { name }) }).waitFor();
      await expectOpenToAll(door);
      await door.getByLabel(t('welcome.password'), { exact: true }).fill('password1234');
      await door.getByRole('button', { name: t('welcome.submit') }).click();
      await door.locator('input[aria-invalid="true"]').first().waitFor();
      await expectOpenToAll(door);
      await door.getByLabel(t('welcome.password'), { exact: true }).fill('four unrelated words here');
      await door.getByRole('button', { name: t('welcome.submit') }).click();
      await door.waitForURL('**/peer');
      const { page: late } = await openWindow(how);
      await late.goto(link);
      await late.getByRole('heading', { name: t('welcome.over') }).waitFor();
      await expectOpenToAll(late);
    }, STATE_MS * 2);

    it('my own account, setting up a second factor', async () => {
      await goTo('/account');
      await press(t('secondFactor.setUp'));
      await page.getByRole('textbox', { name: t('signIn.password'), exact: true }).fill(world.app.password);
      await press(t('secondFactor.begin'));
      await page.getByRole('img', { name: t('secondFactor.qr') }).waitFor();
      await expectOpenToAll(page);
    }, STATE_MS);
  });
});
