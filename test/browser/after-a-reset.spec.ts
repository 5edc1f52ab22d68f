import { beforeAll, it } from '@jest/globals';
import { Api } from '../support/http-api.js';
import { describeWith, needs } from '../support/needs.js';
import { BOTH, openWindow, signIn } from './browser.js';
import { expectOpenToAll } from './tour.js';
import { like, words } from './words.js';
import { World } from './world.js';

const CHOSEN = 'four unrelated words here';

describeWith(needs.chromium)('a day after somebody else reset a peer’s password', () => {
  const world = World.forThisFile();
  beforeAll(async () => {
    const asAdmin = await world.as('admin');
    const accounts = (await asAdmin.get('/accounts?search=peer07@demo.test')).body['items'] as { id: string }[];
    const { link } = (await asAdmin.post(`/accounts/${accounts[0]?.id}/password-reset`)).body as { link: string };
    await new Api(world.url('')).post('/invites/accept', { token: link.split('#')[1], password: CHOSEN });
  }, 120_000);

  it.each(BOTH)('every page says so, their own is shut, and stepping back is there: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page } = await openWindow({ size, locale });
    await signIn(page, world.url(''), 'peer07@demo.test', CHOSEN, '/peer');
    await page.getByRole('region', { name: t('reset.title') }).getByText(like(t, 'reset.shut')).waitFor();
    await expectOpenToAll(page);
    await page.goto(world.url('/peer/wellness'));
    await page.getByText(t('problem.shut-after-reset')).waitFor();
    await page.getByRole('button', { name: t('wellness.stepBack') }).waitFor();
    await expectOpenToAll(page);
    await page.getByRole('button', { name: t('wellness.stepBack') }).click();
    await page.getByText(t('wellness.steppedAway')).waitFor();
  }, 120_000);
});
