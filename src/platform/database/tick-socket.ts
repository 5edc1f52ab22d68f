import { Socket } from 'node:net';

/**
 * Sends at the end of the tick whatever was written in it. Statements that wait for nothing of each other are said at once
 * (`Promise.all`); pg writes each for itself, and a write is what costs most of one.
 */
export class TickSocket extends Socket {
  override uncork(): void {
    process.nextTick(() => super.uncork());
  }
}
