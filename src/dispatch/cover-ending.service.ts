import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { Ground } from '../platform/ground.js';
import { AlarmsService } from '../requests/alarms.service.js';
import { DutyService } from '../shifts/duty.service.js';
import { AuditorStore } from './auditor.store.js';

/** Time to call somebody in before the last supervisor goes. */
const WARN_AHEAD_MS = 30 * MINUTE_MS;

/** Warns before supervisor cover ends, and is quiet once somebody comes after, or the gap itself is the alarm. */
@Injectable()
export class CoverEndingService {
  constructor(
    private readonly store: AuditorStore,
    private readonly alarms: AlarmsService,
    private readonly duty: DutyService,
    private readonly ground: Ground,
  ) {}

  /** Programmes at work whose cover ends soon without a warning, and those warned of for nothing. */
  due(now: Date, limit: number): Promise<string[]> {
    return this.ground.db.read(async (tx) => {
      const ending = await this.ending(tx, now);
      return [...(await this.store.unwarned(tx, ending, limit)), ...(await this.store.overwarned(tx, ending, limit))];
    });
  }

  async settle(programmeId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      const ending = await this.ending(tx, now);
      const cause = { programmeId, kind: 'cover-ending', subjectId: programmeId } as const;
      if ((await this.store.unwarned(tx, ending, MOST_AT_ONCE)).includes(programmeId)) await this.alarms.open(tx, cause, now);
      if ((await this.store.overwarned(tx, ending, MOST_AT_ONCE)).includes(programmeId)) await this.alarms.closeFor(tx, cause.kind, programmeId, now);
    });
  }

  private ending(tx: Tx, now: Date): Promise<string[]> {
    return this.duty.coverEnding(tx, now, WARN_AHEAD_MS);
  }
}

const MOST_AT_ONCE = 1_000;
