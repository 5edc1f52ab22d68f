/** JSON as a test looks into it: fields by name, of any depth; what is not there is undefined. */
export interface JsonObject {
  readonly [field: string]: Json;
}
type Json = string | number | boolean | null | undefined | readonly Json[] | JsonObject;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of an answer that is one JSON object; of any other, empty. */
  readonly body: JsonObject;
}

interface Call {
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it stands, labelled as JSON unless `headers` say otherwise. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The public API over HTTP, with whatever identifies the caller. */
export class Api {
  constructor(
    readonly baseUrl: string,
    private readonly identity: Readonly<Record<string, string>> = {},
  ) {}

  /** `path` is under `/api/v1` unless it begins with two slashes, which name the root. */
  async call(method: string, path: string, { body, raw, headers = {} }: Call = {}): Promise<Answer> {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(this.urlOf(path), {
      method,
      redirect: 'manual',
      headers: { ...this.identity, ...(sent === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: sent,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: objectIn(text) };
  }

  get = (path: string): Promise<Answer> => this.call('GET', path);
  post = (path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> => this.call('POST', path, { body, headers });
  put = (path: string, body: unknown): Promise<Answer> => this.call('PUT', path, { body });
  /** `version`: what the caller holds, sent as If-Match. */
  patch = (path: string, body: unknown, version?: unknown): Promise<Answer> => this.call('PATCH', path, { body, headers: ifMatch(version) });
  replace = (path: string, body: unknown, version?: unknown): Promise<Answer> => this.call('PUT', path, { body, headers: ifMatch(version) });
  delete = (path: string, body?: unknown): Promise<Answer> => this.call('DELETE', path, { body });

  /** The same API for somebody who signed in. */
  async signIn(email: string, password: string): Promise<Api> {
    const answer = await this.post('/sessions', { email, password });
    const cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0];
    if (answer.status !== 201 || !cookie) throw new Error(`${email} could not sign in: ${answer.status} ${answer.text}`);
    return new Api(this.baseUrl, { cookie });
  }

  withCookie(cookie: string): Api {
    return new Api(this.baseUrl, { cookie });
  }

  withKey(apiKey: string): Api {
    return new Api(this.baseUrl, { authorization: `Bearer ${apiKey}` });
  }

  private urlOf(path: string): string {
    return path.startsWith('//') ? `${this.baseUrl}${path.slice(1)}` : `${this.baseUrl}/api/v1${path}`;
  }
}

const ifMatch = (version: unknown): Record<string, string> => (version === undefined ? {} : { 'if-match': `"${String(version)}"` });

/** The objects in a list field of an answer. */
export function itemsOf(answer: Answer, field = 'items'): readonly JsonObject[] {
  const items = answer.body[field];
  if (!Array.isArray(items)) throw new Error(`no list "${field}" in ${answer.status} ${answer.text.slice(0, 200)}`);
  return items as readonly JsonObject[];
}

function objectIn(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}
