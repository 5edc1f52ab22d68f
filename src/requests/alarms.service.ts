import { Injectable } from '@nestjs/common';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { SYSTEM, type Actor } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import { PolicyService } from '../programmes/policy.service.js';
import { AlarmsStore } from './alarms.store.js';
import { isDueForPage, isHeldTooLong, type Alarm, type AlarmCause, type AlarmKind } from './domain/alarm.js';
import { PagesService } from './pages.service.js';

/** Raises, pages, acknowledges and closes alarms. An alarm's row is the last lock anybody takes. */
@Injectable()
export class AlarmsService {
  constructor(
    private readonly store: AlarmsStore,
    private readonly paging: PagesService,
    private readonly policies: PolicyService,
    private readonly ground: Ground,
  ) {}

  /** Raised and paged at once. Raising what is open already changes nothing. */
  async open(tx: Tx, cause: AlarmCause, now: Date): Promise<void> {
    const alarm = await this.raise(tx, cause, now, now);
    if (alarm) await this.page(tx, alarm, now);
  }

  /**
   * Its cause was met once more: raised and paged when it is not open, and nobody's again, paged at once, when whoever took
   * it has had as long for it as there is to confirm contact.
   */
  async insist(tx: Tx, cause: AlarmCause, now: Date): Promise<void> {
    const alarm = await this.store.lockOpen(tx, cause.kind, cause.subjectId);
    if (!alarm) return this.open(tx, cause, now);
    const { content } = await this.policies.current(tx, alarm.programmeId);
    if (isHeldTooLong(alarm, content.confirmContactSeconds * SECOND_MS, now)) await this.page(tx, await this.release(tx, alarm, now), now);
  }

  /** On the boards only: what may settle by itself in a moment wakes nobody. */
  async show(tx: Tx, cause: AlarmCause, now: Date): Promise<void> {
    await this.raise(tx, cause, now, null);
  }

  /** What was only shown has lasted: now it pages. Nothing changes once it was paged or somebody has it. */
  async beginPaging(tx: Tx, kind: AlarmKind, subjectId: string, now: Date): Promise<void> {
    const alarm = await this.store.lockOpen(tx, kind, subjectId);
    if (alarm && alarm.pagesSent === 0 && !alarm.acknowledgedAt) await this.page(tx, alarm, now);
  }

  due(now: Date, limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.store.due(tx, now, limit));
  }

  /** The next page of one that is due, unless somebody has it by now. */
  async pageDue(id: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const found = await this.store.lock(tx, id);
      const now = this.ground.clock.now();
      const alarm = found && (await this.free(tx, found, now));
      if (alarm && isDueForPage(alarm, now)) await this.page(tx, alarm, now);
    });
  }

  /** The first to acknowledge has it. Errors: 404; a closed one has nothing left to acknowledge and answers as it is. */
  async acknowledge(id: string, accountId: string): Promise<Alarm> {
    return this.ground.db.withTx(async (tx) => {
      const found = await this.store.lock(tx, id);
      if (!found) throw new DomainError('not-found');
      const now = this.ground.clock.now();
      const alarm = await this.free(tx, found, now);
      if (alarm.closedAt || alarm.acknowledgedAt) return alarm;
      const actor: Actor = { kind: 'account', id: accountId };
      await this.store.acknowledge(tx, id, accountId, now);
      await this.paging.answered(tx, 'alarm', id, now);
      await this.ground.events.append(tx, now, { ...subject(alarm), type: 'alarm.acknowledged', actor, data: { kind: alarm.kind } });
      await this.ground.events.audit(tx, now, { action: 'alarm.acknowledge', subjectType: 'alarm', subjectId: id, actor });
      return { ...alarm, acknowledgedAt: now, acknowledgedBy: accountId, nextPageAt: null, version: alarm.version + 1 };
    });
  }

  /** The cause has gone. Harmless when nothing is open. */
  async closeFor(tx: Tx, kind: AlarmKind, subjectId: string, now: Date): Promise<void> {
    const alarm = await this.store.lockOpen(tx, kind, subjectId);
    if (!alarm) return;
    await this.store.close(tx, alarm.id, now);
    await this.paging.stop(tx, alarm.id, now);
    await this.ground.events.append(tx, now, { ...subject(alarm), type: 'alarm.closed', actor: SYSTEM, data: { kind } });
  }

  find(tx: Tx, id: string): Promise<Alarm | null> {
    return this.store.find(tx, id);
  }

  /** The alarm as it is, or as nobody's when whoever had it can see to it no longer. */
  private async free(tx: Tx, alarm: Alarm, now: Date): Promise<Alarm> {
    return (await this.store.isLeftBehind(tx, alarm.id)) ? this.release(tx, alarm, now) : alarm;
  }

  private async release(tx: Tx, alarm: Alarm, now: Date): Promise<Alarm> {
    await this.store.release(tx, alarm.id, now);
    await this.ground.events.append(tx, now, { ...subject(alarm), type: 'alarm.left-behind', actor: SYSTEM, data: { kind: alarm.kind } });
    return { ...alarm, acknowledgedAt: null, acknowledgedBy: null, nextPageAt: now, version: alarm.version + 1 };
  }

  private async raise(tx: Tx, cause: AlarmCause, now: Date, nextPageAt: Date | null): Promise<Alarm | null> {
    const alarm: Alarm = {
      ...cause, id: this.ground.ids.next(), openedAt: now, pagesSent: 0, nextPageAt, acknowledgedAt: null, acknowledgedBy: null, closedAt: null, version: 1,
    };
    if (!(await this.store.insert(tx, alarm))) return null;
    await this.ground.events.append(tx, now, { ...subject(alarm), version: 1, type: 'alarm.opened', actor: SYSTEM, data: { kind: alarm.kind } });
    return alarm;
  }

  private async page(tx: Tx, alarm: Alarm, now: Date): Promise<void> {
    const { content } = await this.policies.current(tx, alarm.programmeId);
    const number = alarm.pagesSent + 1;
    const until = after(now, content.pageRepeatSeconds * SECOND_MS);
    const { id: subjectId, programmeId } = alarm;
    const { recipients } = await this.paging.send(tx, { subjectType: 'alarm', subjectId, programmeId, number, cliniciansFirst: false, board: true, owner: null, until }, now);
    await this.store.markPaged(tx, alarm.id, number, until);
    await this.ground.events.append(tx, now, { ...subject(alarm), type: 'alarm.paged', actor: SYSTEM, data: { kind: alarm.kind, number, recipients } });
  }
}

function subject(alarm: Pick<Alarm, 'id' | 'programmeId' | 'version'>) {
  return { subjectType: 'alarm', subjectId: alarm.id, programmeId: alarm.programmeId, version: alarm.version + 1 } as const;
}
