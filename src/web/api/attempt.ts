import { surelyRefused } from './problem.js';

/**
 * One thing somebody wants done, however often it has to be sent. The key stays while nobody knows whether the call
 * arrived, so that a second try can never do it twice; after a sure refusal the corrected try is a new attempt.
 */
export class Attempt {
  private current: string | null = null;

  constructor(private readonly newKey: () => string) {}

  key(): string {
    this.current ??= this.newKey();
    return this.current;
  }

  settled(fault: unknown): void {
    if (fault === null || surelyRefused(fault)) this.current = null;
  }
}
