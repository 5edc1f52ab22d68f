/** One signed-in account over HTTP: cookies by hand, no redirects, a limit on every wait. It only talks to `base`. */
import { nowMs, pause } from './door.js';

export interface Answer {
  readonly status: number;
  /** Parsed JSON, or null. */
  readonly body: unknown;
  /** `code` of a problem+json answer. */
  readonly code: string | null;
  /** What the server's clock said, from its Date header. */
  readonly serverNowMs: number;
}

/** No answer came: refused, reset or too slow. The request may or may not have been carried out. */
export class Unreachable extends Error {}

const ANSWER_TIMEOUT_MS = 15_000;
const FIRST_BACK_OFF_MS = 250;
const LONGEST_BACK_OFF_MS = 5_000;

/** Server time minus ours; every answer keeps it fresh. Date headers are whole seconds: good for minutes, not for waits. */
export class ServerClock {
  private skewMs = 0;

  heard(dateHeader: string | null): number {
    const serverMs = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
    if (!Number.isNaN(serverMs)) this.skewMs = serverMs + 500 - nowMs();
    return this.nowMs();
  }

  nowMs(): number {
    return nowMs() + this.skewMs;
  }
}

export class Session {
  private cookie: string | null = null;

  constructor(
    readonly base: string,
    readonly email: string,
    private readonly password: string,
    readonly clock: ServerClock,
  ) {}

  async signIn(): Promise<void> {
    const { email, password } = this;
    const answer = await this.send('POST', '/sessions', { email, password });
    const said = `${email} cannot sign in: ${sayAnswer(answer)}`;
    if (mayGetBetter(answer)) throw new Unreachable(said);
    if (answer.status !== 201) throw new Error(said);
  }

  /** Signs in once more when the session was forgotten. Throws `Unreachable`. */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await this.send(method, path, body, headers);
    if (answer.status !== 401) return answer;
    await this.signIn();
    return this.send(method, path, body, headers);
  }

  /** Repeats while nobody answers or the server says later; gives the last answer, or throws `Unreachable`, after `patienceMs`. */
  async callPatiently(
    method: string,
    path: string,
    body: unknown,
    { patienceMs, headers = {}, signal }: { patienceMs: number; headers?: Record<string, string>; signal?: AbortSignal },
  ): Promise<Answer> {
    const giveUpAtMs = nowMs() + patienceMs;
    for (let backOffMs = FIRST_BACK_OFF_MS; ; backOffMs = Math.min(LONGEST_BACK_OFF_MS, backOffMs * 2)) {
      const tooLate = nowMs() + backOffMs > giveUpAtMs || signal?.aborted === true;
      try {
        const answer = await this.call(method, path, body, headers);
        if (tooLate || !mayGetBetter(answer)) return answer;
      } catch (error) {
        if (tooLate || !(error instanceof Unreachable)) throw error;
      }
      await pause(backOffMs, signal);
    }
  }

  async openStream(path: string, lastEventId: string | null, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const response = await this.fetch('GET', path, undefined, {
      accept: 'text/event-stream',
      ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }),
    }, signal);
    if (response.status === 401) await this.signIn();
    if (response.status !== 200 || !response.body) {
      await response.body?.cancel();
      throw new Unreachable(`the event stream answered ${response.status}`);
    }
    return response.body;
  }

  private async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await this.fetch(method, path, body, headers, AbortSignal.timeout(ANSWER_TIMEOUT_MS));
    const text = await response.text().catch((error: unknown) => {
      throw new Unreachable(`the answer broke off: ${String(error)}`);
    });
    const parsed = readJson(text);
    return { status: response.status, body: parsed, code: codeOf(parsed), serverNowMs: this.clock.heard(response.headers.get('date')) };
  }

  private async fetch(method: string, path: string, body: unknown, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method,
      redirect: 'manual',
      signal,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie === null ? {} : { cookie: this.cookie }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new Unreachable(`${method} ${path}: ${error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error)}`);
    });
    const given = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    if (given.length > 0) this.cookie = given.join('; ');
    return response;
  }
}

export function sayAnswer(answer: Answer): string {
  return answer.code === null ? String(answer.status) : `${answer.status} ${answer.code}`;
}

function mayGetBetter(answer: Answer): boolean {
  return answer.status >= 500 || answer.status === 429 || answer.code === 'idempotency-in-progress';
}

function readJson(text: string): unknown {
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

function codeOf(body: unknown): string | null {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
  return typeof code === 'string' ? code : null;
}
