import { afterAll, beforeAll } from '@jest/globals';
import { startApp, type AppProcess } from '../support/app-process.js';
import { Api, itemsOf, type JsonObject } from '../support/http-api.js';
import { openWindow, signIn, type Window } from './browser.js';
import { eventually } from './patience.js';

const PASSWORD = 'demo-pass-1234';
const HOUR_MS = 3_600_000;
const SAFETY_CHECK_SECONDS = 15;
/** How long a contact goes on before its lead is asked, and how long they may take to answer. */
const [CONTACT_CHECK_SECONDS, ANSWER_SECONDS] = [12, 5];
export const CALM = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' };
export const DANGER = { ...CALM, imminentDanger: 'yes' };

/** A started demo and everybody in it over the API, for what a journey needs done besides the pages it looks at. */
export class World {
  app: AppProcess;
  private programmes: readonly JsonObject[] = [];
  private readonly signedIn = new Map<string, Promise<Api>>();

  private constructor() {}

  /** For the journeys of one file: started before the first of them and stopped after the last. */
  static forThisFile(): World {
    const world = new World();
    beforeAll(async () => {
      world.app = await startApp({ env: { DEMO_PASSWORD: PASSWORD } });
      world.programmes = itemsOf(await (await world.as('coordinator')).get('/programmes'));
    }, 120_000);
    afterAll(() => world.app?.stop(), 60_000);
    return world;
  }

  url(path: string): string {
    return this.app.baseUrl + path;
  }

  as(mailbox: string): Promise<Api> {
    const known = this.signedIn.get(mailbox) ?? new Api(this.app.baseUrl).signIn(`${mailbox}@demo.test`, PASSWORD);
    this.signedIn.set(mailbox, known);
    return known;
  }

  programme(name = 'Warmline'): string {
    return String(this.programmes.find((each) => each['name'] === name)?.['id']);
  }

  async open(mailbox: string, path: string, about: Parameters<typeof openWindow>[0]): Promise<Window> {
    const window = await openWindow(about);
    await signIn(window.page, this.app.baseUrl, `${mailbox}@demo.test`, PASSWORD, path);
    return window;
  }

  /** What the desk asks for, answered as it must be. */
  async desk(path: string, body: object = {}): Promise<JsonObject> {
    return sure(await (await this.as('coordinator')).post(path, body));
  }

  /** By phone, in English, in Lane County, nobody in danger, unless told otherwise. */
  take(about: object = {}): Promise<JsonObject> {
    return this.desk('/requests', { programmeId: this.programme(), channel: 'phone', contactKind: 'phone', language: 'en', place: { countyFips: '41039' }, safety: CALM, acuity: 3, ...about });
  }

  cancel(id: unknown): Promise<JsonObject> {
    return this.desk(`/requests/${String(id)}/cancel`, { reason: 'over' });
  }

  async clearTheBoard(): Promise<void> {
    const desk = await this.as('coordinator');
    for (const { id } of itemsOf(await desk.get('/board'), 'requests')) await this.cancel(id);
  }

  async onDuty(mailbox: string, about: object = {}): Promise<Api> {
    const peer = await this.as(mailbox);
    const until = new Date(Date.now() + 4 * HOUR_MS).toISOString();
    sure(await peer.put('/me/duty', { as: 'peer', mode: 'active', programmeIds: this.programmes.map(({ id }) => id), contactKinds: ['phone', 'text'], until, ...about }));
    return peer;
  }

  async offDuty(mailbox: string): Promise<void> {
    await (await this.as(mailbox)).call('DELETE', '/me/duty?as=peer');
  }

  async personId(mailbox: string): Promise<string> {
    const { account } = (await (await this.as(mailbox)).get('/me')).body as { account: { personId: string } };
    return account.personId;
  }

  /** Somebody has agreed by phone to take this seat. */
  async assign(request: JsonObject, mailbox: string, seat?: string): Promise<JsonObject> {
    const personId = await this.personId(mailbox);
    await this.desk(`/requests/${String(request['id'])}/assign`, { personId, agreed: 'by-phone', overrides: [], ...(seat ? { seat } : {}) });
    return eventually(async () => itemsOf(await (await this.as(mailbox)).get('/me/assignments')).find((each) => each['requestId'] === request['id']));
  }

  offerTo(mailbox: string): Promise<JsonObject> {
    return eventually(async () => itemsOf(await (await this.as(mailbox)).get('/me/offers'))[0]);
  }

  /** Their own act, by the path under it: `assignments/…/contact-made`. */
  async act(mailbox: string, path: string, body: object = {}): Promise<JsonObject> {
    return sure(await (await this.as(mailbox)).post(`/${path}`, body));
  }

  /** In this programme who is in the field, or long in a contact, is asked after seconds how they are, and not after half an hour or a whole one. */
  async checkSoon(programmeId: string): Promise<void> {
    const admin = await this.as('admin');
    const use = itemsOf(await admin.get('/policies/in-use')).find((each) => each['programmeId'] === programmeId && (each['kind'] ?? 'dispatch') === 'dispatch');
    const policyId = String(use?.['policyId']);
    const { content } = (await admin.get(`/policies/${policyId}`)).body as { content: JsonObject & { byAcuity: Record<string, JsonObject> } };
    const byAcuity = { ...content.byAcuity, 2: { ...content.byAcuity['2'], contactSeconds: ANSWER_SECONDS } };
    sure(await admin.post('/policies', { programmeId, basedOn: policyId, content: { ...content, byAcuity, safetyCheckSeconds: SAFETY_CHECK_SECONDS, contactCheckSeconds: CONTACT_CHECK_SECONDS } }));
  }

  /** Whoever they are with, it is over and went well. */
  async closeOut(mailbox: string): Promise<void> {
    for (const { id } of itemsOf(await (await this.as(mailbox)).get('/me/assignments'))) {
      await this.act(mailbox, `assignments/${String(id)}/close`, { outcome: 'supported', reasons: [], intensity: 'calm', followUp: false });
    }
  }
}

function sure({ status, text, body }: { status: number; text: string; body: JsonObject }): JsonObject {
  if (status >= 300) throw new Error(`${status} ${text}`);
  return body;
}
