import { createHash } from 'node:crypto';
import { Ids } from '../../src/platform/ids.js';

/** Ids and tokens that come in the same order in each world: two worlds with one story have the same ones. */
export class SeededIds extends Ids {
  private given = 0;

  /** `series`: what tells the ids of one source from another's. */
  constructor(private readonly series = '8000') {
    super();
  }

  override next(): string {
    this.given += 1;
    return `01950000-0000-7000-${this.series}-${this.given.toString(16).padStart(12, '0')}`;
  }

  override token(): string {
    return this.bytes(32).toString('base64url');
  }

  override bytes(count: number): Buffer {
    this.given += 1;
    const parts: Buffer[] = [];
    for (let at = 0; at * 32 < count; at += 1) parts.push(createHash('sha256').update(`${this.given} ${at}`).digest());
    return Buffer.concat(parts).subarray(0, count);
  }
}
