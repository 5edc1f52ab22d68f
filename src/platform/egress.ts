import { lookup, type LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, type LookupFunction } from 'node:net';

interface EgressAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

interface EgressPost {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Gives up early; the call is then `unreachable`. */
  readonly signal?: AbortSignal;
}

export class EgressFault extends Error {
  override readonly name = 'EgressFault';
  constructor(readonly reason: 'not-allowed' | 'timeout' | 'unreachable') {
    super(reason);
  }
}

const ANSWER_WITHIN_MS = 5_000;
const LONGEST_ANSWER_BYTES = 16 * 1024;

/**
 * The only way out of the process. People hand us addresses to call, so: https on its usual port, a host of the list,
 * never an address inside our own walls, no redirects, no proxies, a time limit, and an answer nobody reads beyond its head.
 */
export class Egress {
  /**
   * `hosts`: names, or `*.name` for every name below it. `origins`: exact origins allowed beside them, whatever they are;
   * for a test's own server, never from a configuration.
   */
  constructor(
    private readonly hosts: readonly string[],
    private readonly origins: readonly string[] = [],
  ) {}

  allows(address: string): boolean {
    if (!URL.canParse(address)) return false;
    const url = new URL(address);
    if (url.username !== '' || url.password !== '') return false;
    if (this.origins.includes(url.origin)) return true;
    return url.protocol === 'https:' && url.port === '' && this.hosts.some((pattern) => matches(pattern, url.hostname));
  }

  /** Throws {@link EgressFault}. Any status is an answer, a redirect too. */
  post(address: string, { headers, body, signal }: EgressPost): Promise<EgressAnswer> {
    return this.call(address, { method: 'POST', headers: { ...headers, 'content-length': String(body.length) } }, body, signal);
  }

  /** Throws {@link EgressFault}, as `post` does. */
  get(address: string, signal?: AbortSignal): Promise<EgressAnswer> {
    return this.call(address, { method: 'GET' }, undefined, signal);
  }

  private async call(address: string, what: RequestOptions, body: Buffer | undefined, signal: AbortSignal | undefined): Promise<EgressAnswer> {
    if (!this.allows(address)) throw new EgressFault('not-allowed');
    const url = new URL(address);
    const late = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const options: RequestOptions = {
      ...what,
      signal: signal ? AbortSignal.any([late, signal]) : late,
      ...(this.origins.includes(url.origin) ? {} : { lookup: outsideOnly }),
    };
    try {
      const { statusCode, headers: answered } = await answerTo(url, options, body);
      return { status: statusCode ?? 0, retryAfter: answered['retry-after'] };
    } catch {
      throw new EgressFault(late.aborted ? 'timeout' : 'unreachable');
    }
  }
}

function matches(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1 : host === pattern;
}

function answerTo(url: URL, options: RequestOptions, body: Buffer | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const call = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > LONGEST_ANSWER_BYTES) answer.destroy();
      });
      answer.on('error', () => undefined);
      resolve(answer);
    });
    call.on('error', reject);
    call.end(body);
  });
}

// An IPv4 address written as IPv6 is checked against the rules for IPv4.
const inside = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24],
  ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) inside.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [['::', 127], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]] as const) inside.addSubnet(network, bits, 'ipv6');

/** Whether an address is not of the open internet (RFC 6890). */
export function isInside({ address, family }: LookupAddress): boolean {
  return inside.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** A public name may be made to point inside; what is connected to is what was looked at here. */
const outsideOnly: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (fault, found) => {
    const [first] = found ?? [];
    if (fault || !first || found.some(isInside)) callback(fault ?? new Error('the name points inside'), '', 0);
    else if (options.all) callback(null, found);
    else callback(null, first.address, first.family);
  });
};
