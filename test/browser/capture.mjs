// Takes the pictures in docs/images/ from a running, freshly seeded demo. By hand only, after a page has changed:
//   DEMO_PASSWORD=… DATA_DIR=$(mktemp -d) npm start
//   DEMO_PASSWORD=… node test/browser/capture.mjs http://127.0.0.1:3000
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findNeeds } from '../../scripts/lib/needs.mjs';

const [baseUrl = 'http://127.0.0.1:3000'] = process.argv.slice(2);
const password = process.env.DEMO_PASSWORD ?? '';
const images = join(import.meta.dirname, '../../docs/images');
const executablePath = findNeeds().find((need) => need.name === 'chromium')?.path;
const HOUR_MS = 3_600_000;
const CALM = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' };

async function session(email) {
  const answer = await fetch(`${baseUrl}/api/v1/sessions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) });
  if (!answer.ok) throw new Error(`${email} cannot sign in: ${answer.status}`);
  const cookie = answer.headers.getSetCookie()[0].split(';')[0];
  return async (method, path, body) => {
    const content = body ? { headers: { cookie, 'content-type': 'application/json' }, body: JSON.stringify(body) } : { headers: { cookie } };
    const reply = await fetch(`${baseUrl}/api/v1${path}`, { method, ...content });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return reply.status === 204 ? null : reply.json();
  };
}

async function offerOf(peer) {
  for (;;) {
    const [offer] = (await peer('GET', '/me/offers')).items;
    if (offer) return offer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function photograph({ email, path, viewport, scheme, until, file }) {
  const profile = mkdtempSync(join(tmpdir(), 'pd-capture-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath, viewport, colorScheme: scheme, locale: 'en-US', timezoneId: 'America/Los_Angeles', deviceScaleFactor: 2, args: ['--no-sandbox', '--disable-gpu'],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(baseUrl + path);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await until(page);
  await page.screenshot({ path: join(images, file) });
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}

const desk = await session('coordinator@demo.test');
const programme = (await desk('GET', '/programmes')).items.find((each) => each.name === 'Warmline');
const take = (own) => desk('POST', '/requests', {
  programmeId: programme.id, channel: 'phone', contactKind: 'phone', language: 'en', place: { countyFips: '41039' }, safety: CALM, acuity: 2, ...own,
});
const onDuty = async (number, hours) => {
  const peer = await session(`peer${String(number).padStart(2, '0')}@demo.test`);
  const until = new Date(Date.now() + hours * HOUR_MS).toISOString();
  await peer('PUT', '/me/duty', { as: 'peer', mode: 'active', programmeIds: [programme.id], contactKinds: ['phone', 'text'], until });
  return peer;
};

// One at a time, so that each request finds the peer who has just come on duty.
const first = await onDuty(2, 4);
await take({ acuity: 2, needs: { experience: ['loss'], populations: ['veteran'] } });
const talking = await first('POST', `/offers/${(await offerOf(first)).id}/accept`);
await first('POST', `/assignments/${talking.id}/contact-made`);
const second = await onDuty(3, 6);
await take({ channel: 'text', contactKind: 'text', acuity: 3, place: { countyFips: '41043' } });
await second('POST', `/offers/${(await offerOf(second)).id}/accept`);
await take({ channel: 'planned', acuity: 3, notBefore: new Date(Date.now() + 3 * HOUR_MS).toISOString() });
await take({ acuity: undefined, safety: {} });
const danger = await take({ safety: { ...CALM, imminentDanger: 'yes' }, acuity: 1 });
await (await session('supervisor@demo.test'))('POST', `/escalations/${danger.escalation.id}/acknowledge`);
const asked = await onDuty(1, 5);
await take({ acuity: 2, needs: { experience: ['substance-use'] } });
await offerOf(asked);
await photograph({
  email: 'peer01@demo.test', path: '/peer', viewport: { width: 390, height: 844 }, scheme: 'dark', file: 'peer-offer.png',
  until: (page) => page.getByRole('button', { name: "I'll take it" }).waitFor(),
});
await onDuty(5, 8);
await onDuty(6, 3);
await photograph({
  email: 'coordinator@demo.test', path: '/board', viewport: { width: 1440, height: 720 }, scheme: 'light', file: 'board.png',
  // What has just arrived is tinted for a few seconds.
  until: async (page) => {
    await page.getByText(/^asking /).waitFor();
    await page.waitForTimeout(7_000);
  },
});
