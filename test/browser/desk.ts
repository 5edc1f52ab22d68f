import { startApp, type AppProcess } from '../support/app-process.js';
import type { Page } from 'playwright-core';
import { DESK, openWindow, PHONE, signIn, type Window } from './browser.js';

const HOUR_MS = 3_600_000;
export const CALM = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' };

export interface Taken {
  readonly id: string;
  readonly number: number;
}

/** A started demo with a coordinator at its desk, and what a journey needs done besides the pages it looks at. */
export class Desk {
  private constructor(
    readonly app: AppProcess,
    private programmes: readonly { readonly id: string; readonly name: string }[] = [],
  ) {}

  static async start(): Promise<{ desk: Desk; window: Window }> {
    const desk = new Desk(await startApp({ env: { DEMO_PASSWORD: 'demo-pass-1234' } }));
    const window = await openWindow({ size: DESK, stays: true });
    await desk.signIn('coordinator', window.page);
    desk.programmes = (await (await window.page.request.get(desk.api('/programmes'))).json() as { items: Desk['programmes'] }).items;
    return { desk, window };
  }

  stop(): Promise<unknown> {
    return this.app.stop();
  }

  open(...options: Parameters<typeof openWindow>): Promise<Window> {
    return openWindow(...options);
  }

  signIn(mailbox: string, page: Page, path?: string): Promise<void> {
    return signIn(page, this.app.baseUrl, `${mailbox}@demo.test`, this.app.password, path);
  }

  url(path: string): string {
    return this.app.baseUrl + path;
  }

  api(path: string): string {
    return this.url(`/api/v1${path}`);
  }

  async post<T = Taken>(page: Page, path: string, body: object = {}): Promise<T> {
    return (await page.request.post(this.api(path), { data: body })).json() as Promise<T>;
  }

  /** By phone, in English, in Lane County, nobody in danger, unless told otherwise. */
  take(page: Page, about: object = {}): Promise<Taken> {
    const programmeId = this.programmes.find(({ name }) => name === 'Warmline')?.id;
    return this.post(page, '/requests', { programmeId, channel: 'phone', contactKind: 'phone', language: 'en', place: { countyFips: '41039' }, safety: CALM, acuity: 3, ...about });
  }

  /** A peer at their phone, on duty in both programmes for phone and text. */
  async onDuty(mailbox: string): Promise<Window> {
    const phone = await this.open({ size: PHONE });
    await this.signIn(mailbox, phone.page, '/peer');
    const until = new Date(Date.now() + 4 * HOUR_MS).toISOString();
    const duty = { as: 'peer', mode: 'active', programmeIds: this.programmes.map(({ id }) => id), contactKinds: ['phone', 'text'], until };
    const answer = await phone.page.request.put(this.api('/me/duty'), { data: duty });
    if (!answer.ok()) throw new Error(`${mailbox} cannot check in: ${answer.status()}`);
    return phone;
  }
}

/** The first or second Sunday of a month, as YYYY-MM-DD. */
export function sundayOf(year: number, month: number, which: 1 | 2): string {
  const weekdayOfFirst = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const day = 1 + ((7 - weekdayOfFirst) % 7) + (which - 1) * 7;
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
