import { describe, expect, it } from '@jest/globals';
import { ApiProblem, Unreachable } from '../api/problem.js';
import { KeptAccepting, keptFrom, type KeptAccept, type Ways } from './kept-accept.js';

/** A phone with a memory that outlives the page, and a server that answers as told. */
class Phone implements Ways {
  memory: string | null = null;
  readonly sent: KeptAccept[] = [];
  readonly waits: number[] = [];
  private keys = 0;
  private due: (() => void) | null = null;

  constructor(private readonly answers: (unknown | null)[]) {}

  read = (): string | null => this.memory;
  write = (text: string | null): void => void (this.memory = text);
  newKey = (): string => `key-${(this.keys += 1)}`;
  send = async (kept: KeptAccept): Promise<void> => {
    this.sent.push(kept);
    const answer = this.answers.shift();
    if (answer !== null && answer !== undefined) throw answer;
  };
  later = (ms: number, call: () => void): (() => void) => {
    this.waits.push(ms);
    this.due = call;
    return () => (this.due = null);
  };
  /** The wait is over, or the network is back: whichever the page noticed. */
  async passTime(): Promise<void> {
    this.due?.();
    await new Promise(setImmediate);
  }
}

const settle = (): Promise<void> => new Promise(setImmediate);
const opened = (phone: Phone): { page: KeptAccepting; answers: unknown[] } => {
  const answers: unknown[] = [];
  return { page: new KeptAccepting(phone, (fault) => answers.push(fault)), answers };
};

describe('an accept', () => {
  it('is written down before it is sent, and forgotten with the answer', async () => {
    const phone = new Phone([null]);
    const { page, answers } = opened(phone);
    page.accept('o1');
    expect(keptFrom(phone.memory)).toEqual({ offerId: 'o1', key: 'key-1' });
    await settle();
    expect([phone.memory, phone.sent.length, answers]).toEqual([null, 1, [null]]);
  });

  it('made without a network goes out with the same key until somebody answers', async () => {
    const phone = new Phone([new Unreachable(), new ApiProblem(502, 'status-502'), new ApiProblem(409, 'idempotency-in-progress'), null]);
    const { page, answers } = opened(phone);
    page.accept('o1');
    await settle();
    expect(page.now()).toEqual({ kind: 'waiting', offerId: 'o1' });
    for (let i = 0; i < 3; i += 1) await phone.passTime();
    expect(phone.sent.map(({ key }) => key)).toEqual(['key-1', 'key-1', 'key-1', 'key-1']);
    expect(phone.waits).toEqual([2_000, 4_000, 8_000]);
    expect([phone.memory, page.now(), answers]).toEqual([null, { kind: 'none' }, [null]]);
  });

  it('survives the page, and goes out from the next one', async () => {
    const phone = new Phone([new Unreachable(), null]);
    opened(phone).page.accept('o1');
    await settle();
    const { page, answers } = opened(phone);
    expect(page.now()).toEqual({ kind: 'waiting', offerId: 'o1' });
    await page.go();
    expect([phone.sent.map(({ key }) => key), answers]).toEqual([['key-1', 'key-1'], [null]]);
  });

  it('ends with the server’s no, and is not sent again', async () => {
    const refusal = new ApiProblem(409, 'request-already-assigned');
    const phone = new Phone([refusal]);
    const { page, answers } = opened(phone);
    page.accept('o1');
    await settle();
    await page.go();
    expect([phone.sent.length, answers]).toEqual([1, [refusal]]);
  });

  it('waits for signing in again when the session has ended', async () => {
    const phone = new Phone([new ApiProblem(401, 'not-signed-in')]);
    const { page, answers } = opened(phone);
    page.accept('o1');
    await settle();
    expect([page.now().kind, keptFrom(phone.memory)?.offerId, answers]).toEqual(['waiting', 'o1', []]);
  });

  it('is forgotten when somebody signs out', async () => {
    const phone = new Phone([new Unreachable()]);
    const { page } = opened(phone);
    page.accept('o1');
    await settle();
    phone.memory = null;
    await phone.passTime();
    expect([phone.sent.length, page.now()]).toEqual([1, { kind: 'none' }]);
  });

  it('is one however often it is tapped', async () => {
    const phone = new Phone([new Unreachable(), null]);
    const { page } = opened(phone);
    page.accept('o1');
    page.accept('o1');
    await settle();
    page.accept('o1');
    await settle();
    expect(phone.sent.map(({ key }) => key)).toEqual(['key-1', 'key-1']);
  });

  it('waits for the one before it, and neither wipes the other out', async () => {
    const refusal = new ApiProblem(409, 'request-already-assigned');
    const phone = new Phone([new Unreachable(), refusal, null]);
    const { page, answers } = opened(phone);
    page.accept('o1');
    page.accept('o2');
    await settle();
    expect(page.now()).toEqual({ kind: 'waiting', offerId: 'o1', next: ['o2'] });
    await phone.passTime();
    await settle();
    expect(phone.sent.map(({ offerId, key }) => [offerId, key])).toEqual([['o1', 'key-1'], ['o1', 'key-1'], ['o2', 'key-2']]);
    expect([phone.memory, page.now(), answers]).toEqual([null, { kind: 'none' }, [refusal, null]]);
  });

  it('of an earlier version is still sent', async () => {
    const phone = new Phone([null]);
    phone.memory = '{"offerId":"o1","key":"k"}';
    await opened(phone).page.go();
    expect([phone.sent, phone.memory]).toEqual([[{ offerId: 'o1', key: 'k' }], null]);
  });

  it.each([[null], [''], ['{'], ['7'], ['{"offerId":1,"key":"k"}']])('is not read from %p', (text) => expect(keptFrom(text)).toBeNull());
});
