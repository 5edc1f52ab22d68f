import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';

/** The only source of identity and chance. Ids are uuid v7 (RFC 9562 §5.7); secrets handed to people are random tokens. */
@Injectable()
export class Ids {
  next(): string {
    return v7();
  }

  /** 256 bits, base64url. */
  token(): string {
    return randomBytes(32).toString('base64url');
  }

  /** Chance as it comes, for secrets of another form. */
  bytes(count: number): Buffer {
    return randomBytes(count);
  }
}
