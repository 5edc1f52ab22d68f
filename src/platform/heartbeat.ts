import { Inject, Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Clock, MINUTE_MS, SECOND_MS } from './clock.js';
import { CONFIG, type Config } from './config.js';
import { Egress } from './egress.js';
import { Metrics } from './metrics.js';
import { Sweep } from './sweep.js';

/** The way out to the heartbeat's host and nowhere else. */
export const HEARTBEAT_EGRESS = Symbol('heartbeat egress');

const EVERY_MS = MINUTE_MS;
const ROUND_MAY_BE_OLD_MS = 30 * SECOND_MS;

/** `off`: no address is configured; `held-back`: something is not well, and the silence says so. */
type Beat = 'off' | 'held-back' | 'sent' | 'failed';

/** Tells somebody outside, once a minute, that this deployment works. Whatever is wrong shows as silence. */
@Injectable()
export class Heartbeat {
  private readonly conditions: (() => boolean)[] = [];
  private readonly beats: Counter<'result'>;
  private readonly stopped = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<Beat> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'heartbeatUrl'>,
    @Inject(HEARTBEAT_EGRESS) private readonly egress: Egress,
    private readonly sweep: Sweep,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.beats = metrics.counter('heartbeats_total', 'Heartbeats by what became of them', ['result']);
  }

  /** Beats only while every condition holds. */
  onlyWhile(condition: () => boolean): void {
    this.conditions.push(condition);
  }

  start(): void {
    if (!this.config.heartbeatUrl) return;
    this.timer = setInterval(() => void (this.beating = this.beat()), EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopped.abort();
    await this.beating;
  }

  /** Never throws. */
  async beat(): Promise<Beat> {
    const { heartbeatUrl } = this.config;
    if (!heartbeatUrl) return 'off';
    const result = this.isWell() ? await this.send(heartbeatUrl) : 'held-back';
    this.beats.inc({ result });
    return result;
  }

  private isWell(): boolean {
    const { lastRoundAt } = this.sweep;
    if (lastRoundAt === null || this.clock.now().getTime() - lastRoundAt.getTime() > ROUND_MAY_BE_OLD_MS) return false;
    return this.conditions.every((holds) => holds());
  }

  private async send(address: string): Promise<'sent' | 'failed'> {
    try {
      const { status } = await this.egress.get(address, this.stopped.signal);
      return status >= 200 && status < 300 ? 'sent' : 'failed';
    } catch {
      return 'failed';
    }
  }
}
