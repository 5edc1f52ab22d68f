import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessService } from '../../src/access/access.service.js';
import { ApiDescription } from '../../src/platform/http/openapi.js';
import { tokenIn } from '../support/admin.js';
import { PASSWORD } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { ok } from '../support/wellness.js';
import { createWorld, type World } from '../support/world.js';

const CHOSEN = 'four unrelated words here';
const NOTHING = '0190a000-0000-7000-8000-000000000000';
const BASE = '/api/v1';
const ANSWERED = ['get', 'post', 'put', 'patch', 'delete'] as const;

/**
 * Every other route a peer may call, or that lies behind wellness, and why it stays open a day long to whoever came in by a
 * reset. A new route is in neither list, and fails until somebody has judged it.
 */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  'how they sign in and are reached, which is theirs to mend just then': [
    'GET /me', 'DELETE /sessions/current', 'GET /me/sessions', 'DELETE /me/sessions', 'DELETE /me/sessions/{id}', 'PUT /me/password', 'GET /me/second-factor', 'POST /me/second-factor',
    'POST /me/second-factor/confirm', 'POST /me/second-factor/recovery-codes', 'DELETE /me/second-factor', 'GET /me/channels', 'PUT /me/channels', 'POST /me/push-subscriptions',
    'DELETE /me/push-subscriptions',
  ],
  'work in hand: a caller is not dropped, whatever happened to a password': [
    'GET /me/offers', 'GET /me/assignments', 'GET /me/outcomes', 'GET /me/duty', 'PUT /me/duty', 'DELETE /me/duty', 'POST /me/still-here', 'POST /offers/{id}/accept', 'POST /offers/{id}/decline',
    'POST /offers/{id}/known-person', 'POST /assignments/{id}/en-route', 'POST /assignments/{id}/safety-check', 'POST /assignments/{id}/still-with', 'POST /assignments/{id}/contact-made',
    'POST /assignments/{id}/close', 'POST /assignments/{id}/undo-close', 'POST /assignments/{id}/how-it-was', 'POST /assignments/{id}/hand-back', 'POST /assignments/{id}/known-person',
    'POST /assignments/{id}/beyond-scope', 'POST /assignments/{id}/must-go', 'POST /assignments/{id}/consult', 'POST /consults/{id}/end', 'GET /requests/{id}/contact', 'GET /follow-ups',
    'GET /follow-ups/{id}/contact', 'POST /follow-ups/{id}/attempts', 'POST /peers/{id}/exclusions', 'GET /events',
  ],
  'stepping back, going away and less of something: shows what anybody may have, and refuses what would loosen it (reset-twins)': [
    'POST /me/step-back', 'POST /me/pause', 'GET /me/away', 'PUT /me/away', 'DELETE /me/away', 'GET /me/limits', 'PUT /me/limits', 'DELETE /me/limits',
  ],
  'says something and shows nothing': ['POST /me/checks', 'POST /me/proqol', 'PUT /me/debriefs/{id}'],
  'what those who keep the records know as well': [
    'GET /me/supervisors', 'GET /me/credentials', 'GET /me/eligibility', 'GET /credentials/{id}/number', 'GET /me/relapse-policies', 'POST /me/relapse-policies/{id}/acknowledge',
    'GET /wellness/relapse-policies', 'POST /wellness/relapse-policies', 'PATCH /wellness/relapse-policies/{id}', 'POST /wellness/relapse-policies/{id}/approve', 'POST /wellness/relapse-policy-confirmations',
  ],
  'of programmes and lists, nobody’s own': ['GET /programmes', 'GET /areas', 'GET /catalogue', 'GET /catalogue/entries'],
  'on call, of those who are on duty as supervisors': ['GET /me/pages', 'GET /me/escalations', 'GET /me/team'],
};

interface Door {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly action: string | null;
  readonly shuts: boolean;
}

describe('a day after somebody reset a sign-in', () => {
  let world: World;
  let inside: Api;
  let doors: readonly Door[];
  let mayCall: (action: string) => boolean;
  beforeAll(async () => {
    world = await createWorld();
    const api = await listening(world);
    await world.given.programme();
    const who = await world.given.person({ roles: ['peer', 'supervisor', 'supervisor-lead'], canSignIn: true });
    const admin = await world.given.person({ roles: ['admin'], canSignIn: true });
    const token = tokenIn(ok(await (await api.signIn(admin.email, PASSWORD)).post(`/accounts/${who.accountId}/password-reset`)));
    ok(await api.post('/invites/accept', { token, password: CHOSEN }));
    inside = await api.signIn(who.email, CHOSEN);
    mayCall = (action) => world.get(AccessService).includes({ ...who.principal, roles: ['peer'] }, action);
    doors = Object.entries(world.get(ApiDescription).document.paths).flatMap(([template, item]) =>
      ANSWERED.flatMap((method) => {
        const operation = item[method] as Readonly<Record<string, unknown>> | undefined;
        if (!operation || !template.startsWith(`${BASE}/`)) return [];
        const upper = method.toUpperCase() as Door['method'];
        const path = template.slice(BASE.length);
        return [{ name: `${upper} ${path}`, method: upper, path: path.replaceAll(/\{\w+\}/g, NOTHING), action: (operation['x-action'] as string | undefined) ?? null, shuts: operation['x-shut-after-reset'] === true }];
      }),
    );
  });
  afterAll(() => world.close());

  it('each route a peer may call, and each behind wellness, is shut or has been judged to stay open', () => {
    const concerned = doors.filter(({ path, action }) => /^\/(me|wellness)(\/|$)/.test(path) || (action !== null && mayCall(action)));
    expect(concerned.length).toBeGreaterThan(100);
    expect(concerned.filter(({ shuts }) => !shuts).map(({ name }) => name).toSorted()).toEqual(Object.values(OPEN).flat().toSorted());
  });

  it('each route that is shut refuses before it looks at anything', async () => {
    const shut = doors.filter(({ shuts }) => shuts);
    expect(shut.map(({ name }) => name)).toEqual(expect.arrayContaining([
      'GET /me/wellness', 'GET /me/checks', 'DELETE /me/checks', 'GET /me/supervision', 'GET /me/supervision/sessions', 'GET /me/supervision/sessions/{id}/notes', 'GET /me/about', 'PATCH /me/about',
      'GET /me/topic-opt-outs', 'PUT /me/topic-opt-outs', 'GET /me/own-care', 'PUT /me/own-care', 'POST /me/supervisors/{id}/agree', 'GET /wellness/cases/{id}',
      'GET /supervision/peers/{id}/sessions', 'GET /supervision/sessions/{id}/notes', 'PUT /supervision/sessions/{id}/notes',
    ]));
    for (const { name, method, path } of shut) {
      expect([name, await inside.call(method, path, { headers: { 'if-match': '"1"' } })]).toMatchObject([name, { status: 403, body: { code: 'shut-after-reset' } }]);
    }
  });
});
