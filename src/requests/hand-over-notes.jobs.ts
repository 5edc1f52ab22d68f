import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SYSTEM } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import { SealedTexts } from '../platform/sealed-texts.store.js';
import { Sweep } from '../platform/sweep.js';
import { forgottenIfTakenBy } from './domain/hand-over-note.js';
import { HandOverNotesStore } from './hand-over-notes.store.js';

/** What a note said is forgotten a while after it was taken; who wrote and took it, and its figures, stay. */
@Injectable()
export class HandOverNotesJobs implements OnModuleInit {
  constructor(
    private readonly sweep: Sweep,
    private readonly store: HandOverNotesStore,
    private readonly texts: SealedTexts,
    private readonly ground: Ground,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'hand-over-notes',
      due: (now, limit) => this.ground.db.read((tx) => this.store.toForget(tx, forgottenIfTakenBy(now), limit)),
      run: (id) => this.forget(id),
    });
  }

  private async forget(id: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      if (!(await this.store.markForgotten(tx, id, forgottenIfTakenBy(now), now))) return;
      await this.texts.forget(tx, { table: 'hand_over_note', column: 'text' }, [id]);
      await this.ground.events.audit(tx, now, { action: 'hand-over-note.forget', subjectType: 'hand_over_note', subjectId: id, actor: SYSTEM });
    });
  }
}
