// Starts a demo of its own and photographs every page on a phone, a tablet and a desk, light and dark, for somebody to look at:
//   npm run capture
// With --only WORD it photographs the pages whose address, or whose picture's name, holds the word. With --docs it takes the pictures in docs/images/ anew instead. By hand only, after pages have changed.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { findNeeds } from '../../scripts/lib/needs.mjs';

const root = join(import.meta.dirname, '../..');
const forDocs = process.argv.includes('--docs');
const only = process.argv[process.argv.indexOf('--only') + 1 || process.argv.length] ?? '';
const password = randomUUID();
const HOUR_MS = 3_600_000;
const CALM = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' };
const CALLBACK = '+1 541 555 0142';
const [PHONE, TABLET, DESK] = [{ width: 390, height: 844 }, { width: 768, height: 1024 }, { width: 1440, height: 900 }];
/** Every width in every scheme, and each language in each scheme. */
const LOOKS = [
  { name: '390-light', viewport: PHONE, colorScheme: 'light', locale: 'es-MX' }, { name: '390-dark', viewport: PHONE, colorScheme: 'dark', locale: 'en-US' },
  { name: '768-light', viewport: TABLET, colorScheme: 'light', locale: 'es-MX' }, { name: '768-dark', viewport: TABLET, colorScheme: 'dark', locale: 'en-US' },
  { name: '1440-light', viewport: DESK, colorScheme: 'light', locale: 'en-US' }, { name: '1440-dark', viewport: DESK, colorScheme: 'dark', locale: 'es-MX' },
];
const mailboxOfPeer = (number) => `peer${String(number).padStart(2, '0')}`;

const dataDir = mkdtempSync(join(tmpdir(), 'peer-dispatch-capture-'));
chmodSync(dataDir, 0o711);
const app = spawn(process.execPath, ['scripts/start.mjs'], { cwd: root, env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', DATA_DIR: dataDir, DEMO_PASSWORD: password }, stdio: ['ignore', 'pipe', 'inherit'] });
const ended = new Promise((resolve) => app.once('close', resolve));
try {
  const baseUrl = await ready();
  const browser = await chromium.launch({ executablePath: findNeeds().find(({ name }) => name === 'chromium')?.path, args: ['--no-sandbox', '--disable-gpu'] });
  await (forDocs ? takeForDocs : takeAll)(await worldAt(baseUrl), browser);
  await browser.close();
} finally {
  app.kill('SIGTERM');
  await ended;
  // As root the database files may lie elsewhere.
  const cluster = join(dataDir, 'cluster');
  if (existsSync(cluster)) rmSync(readFileSync(cluster, 'utf8').trim(), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

async function ready() {
  let said = '';
  for await (const part of app.stdout) {
    said += String(part);
    const found = /^Peer Dispatch is ready at (http:\/\/\S+)$/m.exec(said);
    if (found) {
      app.stdout.resume();
      return found[1];
    }
  }
  throw new Error(`the demo did not start:\n${said}`);
}

/** Everybody over the API, for what a page needs done before it is photographed. */
async function worldAt(baseUrl) {
  const known = new Map();
  const as = (mailbox) => {
    if (!known.has(mailbox)) known.set(mailbox, signIn(mailbox));
    return known.get(mailbox);
  };
  async function signIn(mailbox) {
    const answer = await fetch(`${baseUrl}/api/v1/sessions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: `${mailbox}@demo.test`, password }) });
    const cookie = answer.headers.getSetCookie()[0].split(';')[0];
    return async (method, path, body) => {
      const content = body ? { headers: { cookie, 'content-type': 'application/json' }, body: JSON.stringify(body) } : { headers: { cookie } };
      const reply = await fetch(`${baseUrl}/api/v1${path}`, { method, ...content });
      if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
      return reply.status === 204 ? null : reply.json();
    };
  }
  const desk = await as('coordinator');
  const programmes = (await desk('GET', '/programmes')).items;
  const warmline = programmes.find(({ name }) => name === 'Warmline').id;
  const soon = async (ask) => {
    for (;;) {
      const answer = await ask();
      if (answer) return answer;
      await pause(200);
    }
  };
  const onDuty = async (number, hours = 6) => {
    const until = new Date(Date.now() + hours * HOUR_MS).toISOString();
    const peer = await as(mailboxOfPeer(number));
    await peer('PUT', '/me/duty', { as: 'peer', mode: 'active', programmeIds: [warmline], contactKinds: ['phone', 'text'], until });
    return peer;
  };
  return {
    baseUrl, as, desk, warmline, soon, onDuty,
    take: (own) => desk('POST', '/requests', { programmeId: warmline, channel: 'phone', contactKind: 'phone', language: 'en', place: { countyFips: '41039' }, safety: CALM, acuity: 2, ...own }),
    personId: async (mailbox) => (await (await as(mailbox))('GET', '/me')).account.personId,
    offDuty: async (number) => (await as(mailboxOfPeer(number)))('DELETE', '/me/duty?as=peer').catch(() => undefined),
    /** They are asked, and by name, whoever else is there. */
    asked: async (number, own = {}) => {
      const peer = await onDuty(number);
      const request = await desk('POST', '/requests', { programmeId: warmline, channel: 'phone', contactKind: 'phone', language: 'en', place: { countyFips: '41039' }, safety: CALM, acuity: 2, ...own });
      const { account } = await peer('GET', '/me');
      await desk('POST', `/requests/${request.id}/assign`, { personId: account.personId, agreed: 'no', overrides: [] }).catch(() => undefined);
      const offer = await soon(async () => (await peer('GET', '/me/offers')).items[0]);
      return { peer, request, offer };
    },
  };
}

/** An evening in the middle: one has it, one talks, one is asked, one waits in vain, one is planned. */
async function evening(world) {
  const accepted = async (number, own) => {
    const { peer, request, offer } = await world.asked(number, own);
    return { peer, request, assignment: await peer('POST', `/offers/${offer.id}/accept`) };
  };
  const talking = await accepted(2, { needs: { experience: ['loss'], populations: ['veteran'] }, callback: CALLBACK, story: 'Cannot sleep since the funeral.' });
  await talking.peer('POST', `/assignments/${talking.assignment.id}/contact-made`);
  await accepted(3, { channel: 'text', contactKind: 'text', acuity: 3, place: { countyFips: '41043' } });
  await world.take({ channel: 'planned', acuity: 3, notBefore: new Date(Date.now() + 3 * HOUR_MS).toISOString() });
  const untriaged = await world.take({ acuity: undefined, safety: {} });
  const danger = await world.take({ safety: { ...CALM, imminentDanger: 'yes' }, acuity: 1 });
  const inVain = await world.take({ language: 'so', acuity: 2, needs: { experience: ['loss'] }, callback: CALLBACK, story: 'Cannot sleep since the funeral.' });
  await world.onDuty(5, 8);
  await world.onDuty(6, 3);
  return { untriaged, danger, inVain, talking: talking.request };
}

async function caseOf(world, mailbox) {
  const own = await world.as(mailbox);
  const supervisor = await world.as('supervisor');
  await own('POST', '/me/step-back');
  const { items } = await supervisor('GET', '/wellness/cases');
  const path = `/wellness/cases/${items[0].id}`;
  await supervisor('POST', `${path}/contact`);
  await supervisor('POST', `${path}/supports`, { codes: ['talk', 'time-off'] });
  await supervisor('POST', `${path}/proposals`, { kind: 'limits', steps: [{ terms: { noNights: true, hoursAWeek: 20 }, days: 14 }] });
  return items[0].id;
}

async function takeAll(world, browser) {
  const folder = mkdtempSync(join(tmpdir(), 'peer-dispatch-pages-'));
  const shown = await evening(world);
  const supervised = await world.personId('peer04');
  const held = await caseOf(world, 'peer08');
  const admin = await world.as('admin');
  const account = (await admin('GET', '/accounts?limit=1')).items[0].id;
  const critical = await world.asked(9);
  const { id } = await critical.peer('POST', `/offers/${critical.offer.id}/accept`);
  await critical.peer('POST', `/assignments/${id}/contact-made`);
  await critical.peer('POST', `/assignments/${id}/close`, { outcome: 'supported', reasons: [], intensity: 'critical', followUp: true });
  const pages = [
    [null, ['/sign-in', '/welcome', '/nowhere']],
    ['coordinator', ['/board', '/board/new', '/board/print', `/requests/${shown.inVain.id}`, `/requests/${shown.danger.id}`, `/requests/${shown.untriaged.id}`, `/requests/${shown.talking.id}`, '/account']],
    ['supervisor', ['/supervisor', '/supervisor/peers', `/supervisor/peers/${supervised}`, '/supervisor/cases', `/supervisor/cases/${held}`, '/supervisor/relapse-policies', '/supervisor/credentials', `/supervisor/credentials/${supervised}`, '/supervisor/check-figures', '/supervisor/appoint', '/inbox']],
    ['admin', [
      '/admin/programmes', '/admin/programmes/new', `/admin/programmes/${world.warmline}`, '/admin/programmes/areas', '/admin/on-call', '/admin/peers', '/admin/peers/new', `/admin/peers/${supervised}`, '/admin/catalogue',
      '/admin/policies', '/admin/policies/default', '/admin/policies/default/change', '/admin/policies/care/default', '/admin/policies/care/default/change', '/admin/relapse-policies', '/admin/gates', '/admin/accounts',
      '/admin/accounts/new', `/admin/accounts/${account}`, '/admin/api-keys',
    ]],
    ['planner', ['/home']],
    ['peer06', ['/peer']],
    ['peer02', ['/peer']],
    ['peer03', ['/peer']],
    ['peer08', ['/peer', '/peer/wellness']],
    ['peer09', ['/peer', '/peer/supervision']],
    ['peer10', [
      '/peer', '/peer/work', '/peer/away', '/peer/limits', '/peer/more', '/peer/about', '/peer/supervision', '/peer/checks', '/peer/wellness', '/peer/policies', '/peer/credentials', '/peer/topics', '/peer/own-care', '/peer/settings',
    ]],
  ];
  for (const look of LOOKS) {
    for (const [mailbox, all] of pages) {
      const paths = all.filter((path) => path.includes(only));
      if (paths.length === 0) continue;
      const page = await openedBy(browser, world, mailbox, look);
      for (const path of paths) await photograph(page, world.baseUrl + path, join(folder, look.name, `${mailbox ?? 'anybody'}${path.replaceAll('/', '-').replaceAll(/-[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => `-${id.slice(-4)}`)}.png`));
      await page.context().close();
    }
    if ('peer11-offer-talking-close-out'.includes(only)) await photographOffer(browser, world, look, join(folder, look.name));
  }
  process.stdout.write(`The pictures are in ${folder}\n`);
}

/** From the offer to the rest after it: what a night brings one peer. */
async function photographOffer(browser, world, look, folder) {
  await world.asked(11, { callback: CALLBACK, acuity: 2 });
  const page = await openedBy(browser, world, 'peer11', look);
  await page.goto(`${world.baseUrl}/peer`);
  const button = (nth) => page.getByRole('main').getByRole('button').nth(nth);
  await page.getByRole('timer').waitFor();
  await page.screenshot({ path: join(folder, 'peer11-offer.png') });
  await button(0).click();
  await page.getByRole('timer').waitFor({ state: 'detached' });
  const own = await world.as('peer11');
  const { items: [assignment] } = await own('GET', '/me/assignments');
  await own('POST', `/assignments/${assignment.id}/contact-made`);
  await own('POST', `/assignments/${assignment.id}/consult`);
  await photograph(page, `${world.baseUrl}/peer`, join(folder, 'peer11-talking.png'));
  const { peer: words } = JSON.parse(readFileSync(join(root, `src/web/locales/${look.locale.slice(0, 2)}/peer.json`), 'utf8'));
  await page.getByRole('button', { name: words.done }).click();
  await page.locator('fieldset').first().waitFor();
  await page.screenshot({ path: join(folder, 'peer11-close-out.png'), fullPage: true });
  await own('POST', `/assignments/${assignment.id}/close`, { outcome: 'supported', reasons: [], intensity: 'calm', followUp: false });
  await page.context().close();
  await world.offDuty(11);
}

async function openedBy(browser, world, mailbox, { viewport, colorScheme, locale }, deviceScaleFactor = 1) {
  const context = await browser.newContext({ viewport, colorScheme, locale, timezoneId: 'America/Los_Angeles', reducedMotion: 'reduce', deviceScaleFactor, hasTouch: viewport === PHONE, isMobile: viewport === PHONE });
  if (mailbox !== null) await context.request.post(`${world.baseUrl}/api/v1/sessions`, { data: { email: `${mailbox}@demo.test`, password } });
  return context.newPage();
}

async function photograph(page, url, file) {
  await page.goto(url);
  await page.locator('main').first().waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  // What has just arrived is tinted for a moment.
  await page.waitForTimeout(700);
  mkdirSync(join(file, '..'), { recursive: true });
  await page.screenshot({ path: file, fullPage: true });
}

/** The pictures of README.md and docs/: the desk at 1440 px, phones twice as sharp. */
async function takeForDocs(world, browser) {
  const images = join(root, 'docs/images');
  const [desk, phone] = [{ ...LOOKS[4], viewport: { width: 1440, height: 760 } }, { ...LOOKS[1], name: 'phone' }];
  const taken = async (mailbox, path, look, file, until) => {
    const page = await openedBy(browser, world, mailbox, look, look === phone ? 2 : 1);
    await page.goto(world.baseUrl + path);
    await until(page);
    await page.screenshot({ path: join(images, file) });
    await page.context().close();
  };
  const shown = await evening(world);
  await (await world.as('supervisor'))('POST', `/escalations/${shown.danger.escalation.id}/acknowledge`);
  await taken('coordinator', '/board/new', desk, 'intake.png', async (page) => {
    await page.locator('input[name="imminentDanger"]:focus').waitFor();
    await page.keyboard.type('nnnn');
    await page.getByRole('combobox', { name: 'Area' }).fill('lan');
    await page.getByRole('option', { name: 'Lane County' }).click();
    await page.getByRole('combobox', { name: 'What would help' }).fill('los');
    await page.getByRole('option', { name: 'Losing someone' }).waitFor();
  });
  await taken('coordinator', `/requests/${shown.inVain.id}`, desk, 'request.png', (page) => page.getByText('Nobody on duty fits.').first().waitFor());
  await taken('supervisor', '/supervisor', { ...desk, colorScheme: 'dark' }, 'supervisor.png', (page) => page.getByRole('button', { name: 'I have this' }).first().waitFor());
  await world.asked(1, { needs: { experience: ['substance-use'] } });
  await taken('peer01', '/peer', phone, 'peer-offer.png', (page) => page.getByRole('timer').waitFor());
  await taken('coordinator', '/board', desk, 'board.png', async (page) => {
    await page.getByText(/^asking /).first().waitFor();
    // What has just arrived is tinted for a moment.
    await page.waitForTimeout(7_000);
  });
}
