const HOLDS_MS = 10_000;

/** Whether the events are being read: so long after the last look that succeeded nobody may be told that the line holds. */
export class Pulse {
  private lastMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly nowMs: () => number) {}

  felt(): void {
    this.lastMs = this.nowMs();
  }

  holds(): boolean {
    return this.nowMs() - this.lastMs <= HOLDS_MS;
  }
}
