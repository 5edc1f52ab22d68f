import { Injectable } from '@nestjs/common';
import { NotifyService } from '../notify/notify.service.js';
import { SYSTEM } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import { dayOrNight } from '../programmes/domain/night.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { AwayService } from '../shifts/away.service.js';
import { aboutFollowUp, isNewlyDue, reminderStep } from './domain/follow-up.js';
import { FollowUpsStore } from './follow-ups.store.js';

/** Brings a follow-up that is due to its peer's mind when that disturbs nobody. Until then, and from then on, it stands on the boards. */
@Injectable()
export class FollowUpReminders {
  constructor(
    private readonly store: FollowUpsStore,
    private readonly programmes: ProgrammesService,
    private readonly aways: AwayService,
    private readonly notify: NotifyService,
    private readonly ground: Ground,
  ) {}

  due(now: Date, limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.store.toRemind(tx, now, limit));
  }

  /** Once for each time it falls due. It stays on the lists until somebody tries. */
  async remind(id: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const followUp = await this.store.lock(tx, id);
      const now = this.ground.clock.now();
      if (!followUp?.remindAt || followUp.remindAt > now) return;
      const { requestId, personId, programmeId } = followUp;
      if (isNewlyDue(followUp)) {
        await this.store.countVersion(tx, id);
        await this.ground.events.append(tx, now, { ...aboutFollowUp(followUp), type: 'follow-up.due', actor: SYSTEM, data: { requestId, personId } });
      }
      const hours = dayOrNight(now, (await this.programmes.get(tx, programmeId))?.timeZone ?? 'UTC');
      const step = reminderStep(hours, await this.aways.isHere(tx, personId, now), now);
      await this.store.remindAt(tx, id, step.kind === 'look-again' ? step.at : null);
      if (step.kind === 'remind') await this.notify.tell(tx, { personId, kind: 'follow-up', subjectId: id, expiresAt: step.until, now });
    });
  }
}
