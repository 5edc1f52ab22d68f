import { PASSWORD, type Person } from './given.js';
import type { Json, JsonObject } from './http-api.js';
import type { World } from './world.js';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Headed = Readonly<Record<string, string>>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Of an answer that is one JSON object; of any other, empty. */
  readonly body: { readonly [field: string]: Json };
  readonly text: string;
}

/** The API of a test's world, without a socket. */
export class Api {
  private constructor(private readonly world: World) {}

  static of(world: World): Promise<Api> {
    return Promise.resolve(new Api(world));
  }

  /** `json` is sent as JSON, `raw` as it stands; `as` is what `signIn` gave. */
  async call(
    method: Method, path: string, { json, raw, as = {}, headers = {} }: { json?: unknown; raw?: string; as?: Headed; headers?: Headed } = {},
  ): Promise<Reply> {
    const payload = raw ?? (json === undefined ? undefined : JSON.stringify(json));
    const label = payload === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await this.world.app.inject({ method, url: `/api/v1${path}`, headers: { ...label, ...as, ...headers }, payload });
    const pairs = Object.entries(answer.headers).flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, String(one)]));
    return { status: answer.statusCode, headers: new Headers(pairs), text: answer.body, body: objectIn(answer.body) };
  }

  /** The person must have been given with `canSignIn`. */
  async signIn({ email }: Pick<Person, 'email'>, password = PASSWORD): Promise<Headed> {
    const { status, headers } = await this.call('POST', '/sessions', { json: { email, password } });
    const cookie = headers.getSetCookie()[0]?.split(';', 1)[0];
    if (status !== 201 || !cookie) throw new Error(`signing in answered ${status}`);
    return { cookie };
  }
}

function objectIn(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}
