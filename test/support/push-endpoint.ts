import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One push message the service has accepted. */
interface Push {
  readonly ttl: number;
  readonly urgency: string;
  readonly topic: string | null;
  readonly body: Buffer;
}

interface VapidClaims {
  readonly aud: string;
  readonly exp: number;
  readonly sub: string;
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const MOST_BYTES = 4_096;
const DAY_S = 24 * 60 * 60;

/** A push service of the test's own: the part of RFC 8030 an application server sees, with the checks of RFC 8292. */
export class PushEndpoint {
  private readonly browsers = new Map<string, Browser>();
  private readonly server: Server = createServer((request, response) => void this.receive(request, response));

  /** `now`: the clock its senders go by; `publicKey`: the one its browsers subscribed with. */
  private constructor(
    private readonly now: () => Date,
    private readonly publicKey: () => string,
  ) {}

  static async start(now: () => Date, publicKey: () => string): Promise<PushEndpoint> {
    const endpoint = new PushEndpoint(now, publicKey);
    endpoint.server.listen(0, '127.0.0.1');
    await once(endpoint.server, 'listening');
    return endpoint;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** A browser that has subscribed here. */
  browser(): Browser {
    const path = `/push/${randomBytes(24).toString('base64url')}`;
    const browser = new Browser(`${this.origin}${path}`);
    this.browsers.set(path, browser);
    return browser;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    if (this.server.listening) await once(this.server, 'close');
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const browser = this.browsers.get(request.url ?? '');
    const body = Buffer.concat(chunks);
    const { status, headers } = (await browser?.reply()) ?? this.judge(request, body, browser);
    if (status === 201 && browser) browser.accept(pushOf(request, body));
    response.writeHead(status, { ...(status === 201 ? { location: `${this.origin}/message/${browser?.accepted.length}`, ttl: request.headers.ttl ?? '' } : {}), ...headers }).end();
  }

  /** RFC 8030 §5 and RFC 8292 §4. */
  private judge(request: IncomingMessage, body: Buffer, browser: Browser | undefined): Reply {
    const { ttl, topic, urgency = 'normal', authorization = '', 'content-encoding': encoding } = request.headers;
    if (!browser) return { status: 404 };
    if (browser.unsubscribed) return { status: 410 };
    if (request.method !== 'POST' || !/^\d+$/.test(String(ttl))) return { status: 400 };
    if (topic !== undefined && !/^[A-Za-z0-9_-]{1,32}$/.test(String(topic))) return { status: 400 };
    if (!['very-low', 'low', 'normal', 'high'].includes(String(urgency))) return { status: 400 };
    if (body.length > MOST_BYTES) return { status: 413 };
    if (body.length > 0 && encoding !== 'aes128gcm') return { status: 415 };
    if (authorization === '') return { status: 401 };
    browser.claims = this.claimsIn(authorization);
    return { status: browser.claims ? 201 : 403 };
  }

  /** null unless it is signed with the key the browser subscribed with, for this service, and for 24 hours at most. */
  private claimsIn(authorization: string): VapidClaims | null {
    const [, head = '', claims = '', signature = '', k = ''] = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(authorization) ?? [];
    if (k === '' || k !== this.publicKey() || (parsed(head) as { alg?: string }).alg !== 'ES256') return null;
    const point = Buffer.from(k, 'base64url');
    const key = createPublicKey({
      format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') },
    });
    const genuine = verify('sha256', Buffer.from(`${head}.${claims}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
    const said = parsed(claims) as VapidClaims;
    const nowS = this.now().getTime() / 1_000;
    const inTime = said.exp > nowS && said.exp <= nowS + DAY_S;
    return genuine && inTime && said.aud === this.origin && /^(mailto:|https:)/.test(said.sub) ? said : null;
  }
}

/** What sits on somebody's device: it holds the keys, and reads what is meant for it. */
export class Browser {
  private readonly pair: ECDH = createECDH('prime256v1');
  private readonly auth = randomBytes(16);
  private readonly replies: Reply[] = [];
  private held: Promise<void> | null = null;
  private readonly waiting: (() => void)[] = [];
  /** Every push accepted for it, oldest first. */
  readonly accepted: Push[] = [];
  /** Tries that reached the service, whatever it answered. */
  tries = 0;
  /** Of the last push accepted. */
  claims: VapidClaims | null = null;
  unsubscribed = false;

  constructor(private readonly endpoint: string) {
    this.pair.generateKeys();
  }

  /** As `PushSubscription.toJSON()` gives it. */
  get subscription() {
    return {
      endpoint: this.endpoint, expirationTime: null,
      keys: { p256dh: this.pair.getPublicKey().toString('base64url'), auth: this.auth.toString('base64url') },
    };
  }

  /** What a device that comes back finds: a later message has taken the place of the earlier one on its topic (RFC 8030 §5.4). */
  get waitingMessages(): readonly Push[] {
    return this.accepted.filter((push, at) => push.topic === null || !this.accepted.slice(at + 1).some(({ topic }) => topic === push.topic));
  }

  /** The service answers the next try so, and delivers nothing. */
  willAnswer(status: number, headers: Readonly<Record<string, string>> = {}): void {
    this.replies.push({ status, headers });
  }

  /** The service says nothing from now on, until the function returned is called. */
  hold(): () => void {
    let release = (): void => undefined;
    this.held = new Promise((resolve) => {
      release = () => {
        this.held = null;
        resolve();
      };
    });
    return release;
  }

  /** Resolves when the next try has reached the service. */
  tried(): Promise<void> {
    return new Promise((resolve) => void this.waiting.push(resolve));
  }

  /** For the service: null when it is to judge by itself. */
  async reply(): Promise<Reply | null> {
    this.tries += 1;
    for (const resolve of this.waiting.splice(0)) resolve();
    if (this.held) await this.held;
    return this.replies.shift() ?? null;
  }

  accept(push: Push): void {
    this.accepted.push(push);
  }

  /** Decrypts as RFC 8291 §3 and RFC 8188 §2 say; throws when it was not meant for this browser. */
  read({ body }: Push): string {
    const [salt, idLength] = [body.subarray(0, 16), body.readUInt8(20)];
    const [sender, record] = [body.subarray(21, 21 + idLength), body.subarray(21 + idLength)];
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.pair.getPublicKey(), sender]);
    const secret = derive(this.pair.computeSecret(sender), this.auth, info, 32);
    const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
    const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAuthTag(record.subarray(-16));
    const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
    const end = padded.lastIndexOf(2);
    if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('not the last record of a message');
    return padded.subarray(0, end).toString('utf8');
  }
}

function derive(secret: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));
}

function pushOf({ headers }: IncomingMessage, body: Buffer): Push {
  return { ttl: Number(headers.ttl), urgency: String(headers.urgency ?? 'normal'), topic: headers.topic === undefined ? null : String(headers.topic), body };
}

function parsed(base64url: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
  } catch {
    return {};
  }
}
