import { Injectable } from '@nestjs/common';
import { after } from '../platform/clock.js';
import { Ground } from '../platform/ground.js';
import { AlarmsService } from '../requests/alarms.service.js';
import type { AlarmCause } from '../requests/domain/alarm.js';
import { AuditorStore } from './auditor.store.js';
import { attention, isWell, OVERDUE_AFTER_MS, type Findings, type LateSteps } from './domain/audit.js';

/** One look shows or pages so many; the next one goes on. */
const LATE_AT_ONCE = 100;
/** What was last seen says nothing about now any more. */
const FRESH_MS = 30_000;

/** Looks at the records, not at what the engine believes: is anything silent, late or given to two people? */
@Injectable()
export class AuditorService {
  private seen: { readonly at: Date; readonly findings: Findings } | null = null;

  constructor(
    private readonly store: AuditorStore,
    private readonly alarms: AlarmsService,
    private readonly ground: Ground,
  ) {}

  /** Counts, and raises the alarm for each request that is late, and for whatever else is. Throws when it cannot look; then nothing is well. */
  async look(now: Date): Promise<Findings> {
    const lateBefore = after(now, -OVERDUE_AFTER_MS);
    const findings = await this.ground.db.read((tx) => this.store.findings(tx, lateBefore));
    this.seen = { at: now, findings };
    const late = await this.ground.db.read((tx) => this.store.late(tx, lateBefore, LATE_AT_ONCE));
    for (const request of late) await this.attend({ ...request, kind: 'overdue', subjectId: request.requestId }, now);
    const steps = await this.ground.db.read((tx) => this.store.lateSteps(tx, lateBefore, LATE_AT_ONCE));
    for (const step of steps) await this.attend({ ...step, kind: 'step-failing', subjectId: step.programmeId }, now);
    return findings;
  }

  /** What was last counted; null when that was too long ago to say anything. */
  get findings(): Findings | null {
    if (!this.seen || this.ground.clock.now().getTime() - this.seen.at.getTime() > FRESH_MS) return null;
    return this.seen.findings;
  }

  /** Unknown is not well. */
  get well(): boolean {
    return this.findings !== null && isWell(this.findings);
  }

  /** Something is known to be wrong, or has not been looked at for too long. A process that has just started is not degraded. */
  get degraded(): boolean {
    return this.seen !== null && !this.well;
  }

  uncovered(limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.store.uncovered(tx, limit));
  }

  /** The last supervisor of a programme at work is gone: people must know at once, though offers go on for the grace. */
  async tellOfGap(programmeId: string): Promise<void> {
    await this.ground.db.withTx((tx) => this.alarms.open(tx, { programmeId, kind: 'no-supervisor', subjectId: programmeId }, this.ground.clock.now()));
  }

  alarmsOver(now: Date, limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.store.alarmsOver(tx, after(now, -OVERDUE_AFTER_MS), limit));
  }

  async closeIfOver(alarmId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      const over = await this.store.alarmOver(tx, alarmId, after(now, -OVERDUE_AFTER_MS));
      if (over) await this.alarms.closeFor(tx, over.kind, over.subjectId, now);
    });
  }

  private async attend({ programmeId, kind, subjectId, ...late }: AlarmCause & LateSteps, now: Date): Promise<void> {
    const what = attention(late, now);
    if (what === 'leave') return;
    await this.ground.db.withTx(async (tx) => {
      await this.alarms.show(tx, { programmeId, kind, subjectId }, now);
      if (what === 'page') await this.alarms.beginPaging(tx, kind, subjectId, now);
    });
  }
}
