import { learnServerTime } from '../time/now.js';
import { problemFrom, Unreachable } from './problem.js';

const BASE = '/api/v1';
const TIMEOUT_MS = 20_000;

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly key?: string;
  /** The version this change was made on; the server refuses it when there is a newer one. */
  readonly version?: number;
  readonly signal?: AbortSignal;
  /** Goes out also when the page that sends it is closed in the same moment. */
  readonly keepalive?: boolean;
}

/** Throws `ApiProblem` for an answer that says no and `Unreachable` when there is none. */
export async function call<T>(path: string, { method = 'GET', body, key, version, signal, keepalive }: Call = {}): Promise<T> {
  const sentMs = Date.now();
  const answer = await answerTo(path, {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    keepalive,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) : AbortSignal.timeout(TIMEOUT_MS),
  });
  learnServerTime(answer.headers.get('date'), sentMs, Date.now());
  const read = await bodyOf(answer);
  if (!answer.ok) throw problemFrom(answer.status, read);
  return read as T;
}

async function answerTo(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`${BASE}${path}`, init);
  } catch (fault) {
    if (init.signal?.reason instanceof DOMException && init.signal.reason.name === 'AbortError') throw fault;
    throw new Unreachable();
  }
}

async function bodyOf(answer: Response): Promise<unknown> {
  try {
    const text = await answer.text();
    return text === '' ? null : JSON.parse(text);
  } catch {
    if (answer.ok) throw new Unreachable();
    return null;
  }
}

/** Random bytes as hex: `crypto.randomUUID` exists on https and localhost only. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
