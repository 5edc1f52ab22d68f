import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../platform/errors.js';
import { Sealed, Sealer, WELLNESS_SEALER, type SealPlace } from '../platform/seal.js';
import type { NoteRow } from './case-reading.store.js';
import { WellnessGround } from './wellness-ground.service.js';

export interface Note {
  readonly id: string;
  readonly kind: 'own' | 'shared';
  readonly at: Date;
  readonly text: Sealed<string>;
}

/** What the peer writes down: for themself alone, or to be read by supervisor and deputy. Sealed by a key that opens nothing else. */
@Injectable()
export class WellnessNotes {
  constructor(
    private readonly w: WellnessGround,
    @Inject(WELLNESS_SEALER) private readonly sealer: Sealer,
  ) {}

  async of(personId: string, kinds: readonly ('own' | 'shared')[]): Promise<Note[]> {
    return (await this.w.reads.notes(personId, kinds)).map((row) => this.opened(row));
  }

  async add(personId: string, kind: 'own' | 'shared', text: Sealed<string>): Promise<void> {
    const id = this.w.ids.next();
    const sealed = this.sealer.seal(text, placeOf(id));
    await this.w.ground.db.withTx((tx) => this.w.doors.addNote(tx, { id, personId, kind, at: this.w.now, ...sealed }));
  }

  /** One's own only. Throws `not-found`. */
  async forget(personId: string, id: string): Promise<void> {
    const theirs = await this.w.reads.notes(personId, ['own', 'shared']);
    if (!theirs.some((note) => note.id === id)) throw new DomainError('not-found');
    await this.w.ground.db.withTx((tx) => this.w.doors.forgetNote(tx, id, personId));
  }

  private opened({ id, kind, at, ...sealed }: NoteRow): Note {
    return { id, kind, at, text: this.sealer.open(sealed, placeOf(id)) };
  }
}

function placeOf(rowId: string): SealPlace {
  return { table: 'wellness.note', rowId, column: 'text' };
}
