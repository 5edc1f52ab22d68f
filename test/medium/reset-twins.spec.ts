import { describe, expect, it } from '@jest/globals';
import { ApiDescription } from '../../src/platform/http/openapi.js';
import { CaseReadingStore } from '../../src/wellness/case-reading.store.js';
import { WellnessIds } from '../../src/wellness/wellness-ground.service.js';
import { tokenIn } from '../support/admin.js';
import { routesOf, Walk } from '../support/api-walk.js';
import { EASY_CARE } from '../support/care.js';
import { itemsOf, type Answer, type Api } from '../support/http-api.js';
import { SeededIds } from '../support/seeded-ids.js';
import { twinScene, type Doing } from '../support/twin-scene.js';
import { aCircle, caseWith, idle, ok } from '../support/wellness.js';
import { createWorld } from '../support/world.js';

const CHOSEN = 'four unrelated words here';
const NOTHING = '0190a000-0000-7000-8000-000000000000';
const TERMS = { contactKinds: ['phone' as const, 'text' as const], maxAcuity: 3 as const, buddyOnly: true, noNights: true, hoursAWeek: 20 };
/** Longer after a contact that was hard. */
const CARE = { ...EASY_CARE, rest: { afterContactMinutes: 10, afterHighAcuityMinutes: 10, afterHardMinutes: 30 } };
const TOMORROW = '2026-03-03T18:00:00.000Z';

interface Asked {
  readonly own: Api;
  readonly desk: Api;
  readonly personId: string;
  readonly now: string;
}
type Story = (asked: Asked) => Promise<unknown>;
interface Seen {
  readonly told: readonly string[];
  readonly tried: readonly (readonly [string, number, string | null])[];
  /** What two agreed on, at the end of the day that the doors were shut. */
  readonly stands: string | null;
}

/** What whoever holds a sign-in that was reset is answered, whatever they ask for, after the peer has told their story. */
async function seen(story: Story, tries: (now: string) => readonly Try[], doing: Doing, at: { port: number }): Promise<Seen> {
  const world = await createWorld({ ids: new SeededIds() });
  const reseed = (series: string): void => {
    const apart = new SeededIds(series);
    world.get(WellnessIds).next = () => apart.next();
  };
  reseed('9000');
  try {
    const circle = await aCircle(world, at.port);
    at.port = Number(new URL(circle.api.baseUrl).port);
    const scene = await twinScene(world, circle, doing);
    for (const { stream } of scene.streams) stream.close();
    const programmeId = scene.inPath['programmes/{id}']?.[0] ?? NOTHING;
    await world.given.goesBy({ id: programmeId }, CARE);
    const { personId, accountId, email } = circle.peer;
    await story({ own: scene.own, desk: scene.desk, personId, now: world.clock.now().toISOString() });
    reseed('a000');
    world.clock.forward({ minutes: 3 });
    await world.sweep();
    const admin = new Map(scene.viewers).get('admin');
    const token = tokenIn(ok(await (admin as Api).post(`/accounts/${accountId}/password-reset`)));
    ok(await circle.api.post('/invites/accept', { token, password: CHOSEN }));
    const stranger = await circle.api.signIn(email, CHOSEN);

    const tried: [string, number, string | null][] = [];
    const told: string[] = [];
    for (const [what, ask] of tries(world.clock.now().toISOString())) {
      const { status, text, headers, body } = await ask(stranger);
      tried.push([what, status, typeof body?.code === 'string' ? body.code : null]);
      told.push(`${what}: ${status} ${headers.get('retry-after') ?? ''} ${text}`);
    }
    const byName = {
      personId, programmeId, programmeIds: programmeId, requestId: scene.requestId, accountId, accountIds: accountId, search: 'Person', month: '2026-03', supervisorId: circle.supervisor.personId,
      endpoint: 'https://push.example.test/nobody', since: '0',
    };
    const inPath = {
      ...scene.inPath, 'alarms/{id}': (await world.look.alarms()).map(({ id }) => id), 'wellness/overdue-reviews/{id}': [NOTHING],
    };
    const routes = routesOf(world.get(ApiDescription).document, { nothing: NOTHING, inPath, byName });
    const walk = new Walk([['stranger', stranger]]);
    const [looks, acts] = [routes.filter(({ method }) => method === 'GET'), routes.filter(({ method }) => method !== 'GET')];
    await walk.look(looks);
    await walk.act(acts);
    const stands = (await world.get(CaseReadingStore).agreedOf(personId))?.kind ?? null;
    return { told: [...told, ...walk.told], tried, stands };
  } finally {
    await world.close();
  }
}

type Try = readonly [string, (stranger: Api) => Promise<Answer>];
const limits = (now: string): readonly Try[] => [
  ['what there is', (stranger) => stranger.get('/me/limits')],
  ['looser', (stranger) => stranger.put('/me/limits', { ...TERMS, hoursAWeek: 30, from: now })],
  ['the same with an end', (stranger) => stranger.put('/me/limits', { ...TERMS, from: now, until: TOMORROW })],
  ['the same from later on', (stranger) => stranger.put('/me/limits', { ...TERMS, from: TOMORROW })],
  ['lifted', (stranger) => stranger.delete('/me/limits')],
  ['stricter', (stranger) => stranger.put('/me/limits', { ...TERMS, hoursAWeek: 10, from: now })],
  ['as it was before', (stranger) => stranger.put('/me/limits', { ...TERMS, from: now })],
  ['the stricter lifted', (stranger) => stranger.delete('/me/limits')],
];
const away = (now: string): readonly Try[] => [
  ['what there is', (stranger) => stranger.get('/me/away')],
  ['with an end', (stranger) => stranger.put('/me/away', { from: now, until: TOMORROW })],
  ['from later on', (stranger) => stranger.put('/me/away', { from: TOMORROW })],
  ['here again', (stranger) => stranger.delete('/me/away')],
  ['without an end', (stranger) => stranger.put('/me/away', { from: now })],
  ['a pause', (stranger) => stranger.post('/me/pause')],
  ['a step back', (stranger) => stranger.post('/me/step-back')],
  ['here again after it', (stranger) => stranger.delete('/me/away')],
];
const rest = (): readonly Try[] => [['until when they rest', (stranger) => stranger.get('/me/assignments')]];
/** Until when the peer rests for it stands on their page, before anybody has reset anything. */
const closedOut = (intensity: 'calm' | 'hard', restMinutes: number): Story => async ({ own, now }) => {
  const [assignment] = itemsOf(await own.get('/me/assignments'));
  ok(await own.post(`/assignments/${String(assignment?.id)}/close`, { outcome: 'supported', reasons: [], intensity }));
  expect((await own.get('/me/assignments')).body.restingUntil).toBe(new Date(Date.parse(now) + restMinutes * 60_000).toISOString());
};
const SHUT = [403, 'shut-after-reset'] as const;
const DONE = [200, null] as const;

const TWINS: [string, Doing, Seen['stands'], Story, Story, typeof limits, readonly (readonly [number, string | null])[]][] = [
  ['limits that were agreed and of their own', 'being asked', 'limits', ({ own, desk, personId }) => caseWith({ own, desk, personId }, 'limits', [{ days: 14, terms: TERMS }]), async ({ own, desk, now }) => {
    await idle(desk, 5);
    ok(await own.put('/me/limits', { ...TERMS, from: now }));
  }, limits,
    [DONE, SHUT, SHUT, SHUT, SHUT, DONE, SHUT, SHUT]],
  ['time off that was agreed and of their own', 'being asked', 'leave', ({ own, desk, personId }) => caseWith({ own, desk, personId }, 'leave', [{ days: 14 }]), async ({ own, desk, now }) => {
    await idle(desk, 5);
    ok(await own.put('/me/away', { from: now }));
  }, away,
    [DONE, SHUT, SHUT, SHUT, DONE, DONE, DONE, SHUT]],
  ['the rest after a hard contact and a calm one', 'in contact', null, closedOut('hard', 30), closedOut('calm', 10), rest, [DONE]],
];

describe('whoever holds a sign-in that somebody has reset', () => {
  it.each(TWINS)('is answered the same of %s, and loosens nothing', async (_, doing, kind, one, other, tries, expected) => {
    const at = { port: 0 };
    const [w, n] = [await seen(one, tries, doing, at), await seen(other, tries, doing, at)];
    expect(w.tried.map(([, ...answered]) => answered)).toEqual(expected);
    expect(w.told.filter((line, index) => line !== n.told[index]).slice(0, 5)).toEqual(n.told.filter((line, index) => line !== w.told[index]).slice(0, 5));
    expect(w.told).toHaveLength(n.told.length);
    expect([w.stands, n.stands]).toEqual([kind, null]);
  }, 600_000);
});
