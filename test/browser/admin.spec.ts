import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startApp, type AppProcess } from '../support/app-process.js';
import { describeWith, needs } from '../support/needs.js';
import { BOTH, DESK, openWindow, signIn } from './browser.js';
import { eventually, expectCount, expectGone, expectSoon } from './patience.js';
import { like, words } from './words.js';

const JOURNEY_MS = 120_000;

describeWith(needs.chromium)('the pages of administration', () => {
  let app: AppProcess;
  const at = (email: string, page: Page, path?: string): Promise<void> => signIn(page, app.baseUrl, email, app.password, path);
  const pick = async (page: Page, field: string, typed: string, option: string): Promise<void> => {
    await page.getByRole('combobox', { name: field }).fill(typed);
    // The list moves while it is narrowed: a click before that may land beside.
    await expectCount(page.locator('[role="option"]:visible'), 1);
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  beforeAll(async () => {
    app = await startApp({ env: { DEMO_PASSWORD: 'demo-pass-1234' } });
  }, 120_000);
  afterAll(() => app?.stop(), 60_000);

  it.each(BOTH)('carry a programme from its founding to its own policy: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const name = language === 'en' ? 'Night line' : 'Línea nocturna';
    const { page, faults } = await openWindow({ size, locale });
    const press = (key: string): Promise<void> => page.getByRole('button', { name: t(key), exact: true }).click();
    const section = async (key: string): Promise<void> => {
      if (size === DESK) await page.getByRole('navigation').getByRole('link', { name: t(key), exact: true }).click();
      else await page.getByLabel(t('admin.section'), { exact: true }).selectOption({ label: t(key) });
    };
    await at('admin@demo.test', page);
    await page.waitForURL('**/admin/programmes');
    await page.getByRole('link', { name: t('admin.programmes.new') }).click();
    await page.getByLabel(t('admin.programmes.name')).fill('Warmline');
    await page.getByLabel(t('admin.programmes.calling')).fill('Call through the switchboard.');
    await press('admin.programmes.found');
    await page.getByText(t('admin.fault.taken')).waitFor();
    await page.getByLabel(t('admin.programmes.name')).fill(name);
    await press('admin.programmes.found');
    await page.getByRole('heading', { name }).waitFor();
    await page.getByRole('checkbox', { name: t('admin.programmes.peersFirst'), checked: false }).waitFor({ state: 'attached' });

    await pick(page, t('admin.members.add'), 'kim', 'Kim (demo)');
    await page.getByRole('heading', { name: t('admin.members.title', { count: 1 }) }).waitFor();

    await section('admin.nav.onCall');
    await page.getByLabel(t('board.programme'), { exact: true }).selectOption({ label: name });
    await page.getByText(like(t, 'admin.onCallList.on-call.nobody')).waitFor();
    await pick(page, t('admin.onCallList.on-call.add'), 'ruth', 'Ruth (demo)');
    await press('admin.onCallList.on-call.save');
    await page.getByText(t('admin.fault.not-a-member')).waitFor();
    await page.getByRole('button', { name: t('admin.removeOf', { name: 'Ruth (demo)' }) }).click();
    await pick(page, t('admin.onCallList.on-call.add'), 'kim', 'Kim (demo)');
    await press('admin.onCallList.on-call.save');
    await page.getByText(t('admin.saved'), { exact: true }).first().waitFor();
    const clinicians = page.getByRole('region', { name: t('admin.onCallList.clinicians-on-call.title') });
    await clinicians.getByText(like(t, 'admin.onCallList.clinicians-on-call.nobody')).waitFor();
    await pick(page, t('admin.onCallList.clinicians-on-call.add'), 'kim', 'Kim (demo)');
    await press('admin.onCallList.clinicians-on-call.save');
    await clinicians.getByRole('button', { name: t('admin.onCallList.clinicians-on-call.save'), disabled: true }).waitFor();
    await clinicians.getByText('Kim (demo)').waitFor();

    await section('admin.nav.policies');
    await page.getByRole('link', { name }).first().click();
    await page.getByText(like(t, 'admin.policies.noOwn')).waitFor();
    await page.getByRole('link', { name: t('admin.policies.change'), exact: true }).click();
    const answerTime = page.getByRole('group', { name: t('policy.acuity', { number: 2, name: t('acuity.2') }) }).getByLabel(t('policy.field.offerSeconds'));
    await answerTime.fill('soon');
    await press('admin.policies.showChanges');
    await page.getByText(t('policy.fault.invalid-type')).waitFor();
    await answerTime.fill('75');
    await press('admin.policies.showChanges');
    await page.getByRole('heading', { name: t('admin.policies.review') }).waitFor();
    const change = new RegExp(`${t('acuity.2')} · ${t('policy.field.offerSeconds')}\\s+45 s\\s+1 min 15 s`);
    await expectSoon(page.getByRole('row'), (rows) => rows.allInnerTexts(), [expect.anything(), expect.stringMatching(change) as unknown]);
    await press('admin.policies.save');
    await page.getByText(t('admin.policies.nowInUse')).waitFor();
    await page.getByRole('cell', { name: 'Dana (demo)' }).waitFor();

    await section('admin.nav.programmes');
    await page.getByRole('link', { name }).click();
    await press('admin.programmes.close');
    await page.getByRole('group', { name: like(t, 'admin.programmes.closeQuestion') }).getByRole('button', { name: t('admin.programmes.close') }).click();
    await page.getByText(t('admin.programmes.isClosed')).waitFor();
    expect(faults.filter((fault) => !/status of 4(12|22)/.test(fault))).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)('change the words of the catalogue and a peer, and the coordinator sees both: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const [spoken, code, skill] = language === 'en' ? ['Somali', 'so', 'farm-life'] as const : ['Coreano', 'ko', 'river-life'] as const;
    const { page, faults } = await openWindow({ size, locale, scheme: 'dark' });
    await at('admin@demo.test', page, '/admin/catalogue');
    await page.getByLabel(t('admin.catalogue.kind'), { exact: true }).selectOption({ label: t('admin.catalogue.kindOf.skills') });
    await page.getByRole('button', { name: t('admin.catalogue.new') }).click();
    await page.getByLabel(t('admin.catalogue.en')).fill(skill.replace('-', ' '));
    await page.getByLabel(t('admin.catalogue.es')).fill(`vida (${skill})`);
    await page.getByLabel(t('admin.catalogue.code')).fill(skill);
    await page.getByRole('button', { name: t('admin.save'), exact: true }).click();
    await page.getByText(skill, { exact: true }).waitFor();
    if (size === DESK) await page.getByRole('navigation').getByRole('link', { name: t('admin.nav.peers'), exact: true }).click();
    else await page.getByLabel(t('admin.section'), { exact: true }).selectOption({ label: t('admin.nav.peers') });
    await page.getByLabel(t('admin.peers.search')).fill('vlad');
    await page.getByRole('link', { name: 'Vlad I. (demo)' }).click();
    await pick(page, t('admin.peers.languages'), spoken.toLowerCase(), spoken);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: t('admin.save'), exact: true }).click();
    const asCoordinator = await session(app, 'coordinator@demo.test');
    await eventually(async () => {
      const peers = await asCoordinator<{ items: { name: string; languages: string[] }[] }>('/peers?search=vlad');
      return peers.items[0]?.languages.includes(code) || undefined;
    });
    const catalogue = await asCoordinator<{ skills: { code: string }[] }>('/catalogue');
    expect(catalogue.skills.map((each) => each.code)).toContain(skill);
    expect(faults).toEqual([]);
  }, JOURNEY_MS);

  it.each(BOTH)('are not for others, and roles whose pages are to come are told what there is: $size.width px, $language', async ({ size, language, locale }) => {
    const t = words(language);
    const { page } = await openWindow({ size, locale });
    await at('planner@demo.test', page);
    await page.getByText(t('roleHome.planner')).waitFor();
    await page.getByText(t('roleHome.programmes', { names: language === 'en' ? 'Mobile response and Warmline' : 'Mobile response y Warmline' })).waitFor();
    await page.goto(`${app.baseUrl}/admin/policies`);
    await page.getByText(t('page.forbidden')).waitFor();
    await expectGone(page.getByRole('navigation'));
  }, JOURNEY_MS);
});

/** The API as somebody who signed in, for looking at what a page has done. */
async function session(app: AppProcess, email: string): Promise<<T>(path: string) => Promise<T>> {
  const answer = await fetch(`${app.baseUrl}/api/v1/sessions`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password: app.password }),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  return async <T>(path: string) => (await (await fetch(`${app.baseUrl}/api/v1${path}`, { headers: { cookie } })).json()) as T;
}
