import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal, type Principal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { decodeCursor } from '../platform/http/paging.js';
import { Sealed } from '../platform/seal.js';
import { SealedTexts } from '../platform/sealed-texts.store.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { DutyService } from '../shifts/duty.service.js';
import type { WriteHandOverNoteDto } from './contract.js';
import { countsOf, taking, writing, type HandOverFacts, type HandOverNote } from './domain/hand-over-note.js';
import { HAND_OVER_NOTE_CURSOR, type HandOverNoteQuery } from './hand-over-note.query.js';
import { HandOverNotesStore, type HandOverNoteSeen } from './hand-over-notes.store.js';

const TABLE = 'hand_over_note';

/** The note between two coordinators: its text may name people, so it is sealed, and every reading of it is on record. */
@Injectable()
export class HandOverNotesService {
  constructor(
    private readonly store: HandOverNotesStore,
    private readonly programmes: ProgrammesService,
    private readonly duty: DutyService,
    private readonly texts: SealedTexts,
    private readonly ground: Ground,
  ) {}

  /** Returns its id. Errors: 404 programme not visible, 409 `hand-over-note-waiting`. */
  async write(me: AccountPrincipal, dto: WriteHandOverNoteDto): Promise<string> {
    return this.ground.db.withTx(async (tx) => {
      if (!(await this.programmes.isMember(tx, me.personId, dto.programmeId))) throw new DomainError('not-found');
      const open = await this.store.lockOpen(tx, dto.programmeId);
      const how = writing(open, me.accountId);
      const now = this.ground.clock.now();
      const facts = await this.factsOf(tx, dto.programmeId, now);
      const note: HandOverNote = open && how === 'anew'
        ? { ...open, version: open.version + 1 }
        : { id: this.ground.ids.next(), programmeId: dto.programmeId, writtenBy: me.accountId, writtenAt: now, facts, takenBy: null, takenAt: null, version: 1 };
      if (how === 'anew') await this.store.rewrite(tx, note.id, facts, now);
      else await this.store.insert(tx, note);
      await this.texts.replace(tx, now, place(note.id), new Sealed(dto.text));
      await this.record(tx, note, 'written', me, now);
      return note.id;
    });
  }

  /** Errors: 409 `hand-over-note-own`, `hand-over-note-taken`. */
  async take(me: AccountPrincipal, id: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const note = await this.store.lock(tx, id);
      if (!note) throw new DomainError('not-found');
      if (taking(note, me.accountId) === 'nothing') return;
      const now = this.ground.clock.now();
      await this.store.take(tx, id, me.accountId, now);
      await this.record(tx, { ...note, version: note.version + 1 }, 'taken', me, now);
    });
  }

  /** Opens the text, which is put on record; null once its key is gone. */
  async read(me: AccountPrincipal, id: string): Promise<{ note: HandOverNoteSeen; text: Sealed<string> | null }> {
    return this.ground.db.withTx(async (tx) => {
      const note = await this.seenIn(tx, id);
      const now = this.ground.clock.now();
      await this.ground.events.audit(tx, now, { action: 'hand-over-note.read', subjectType: TABLE, subjectId: id, actor: actorOf(me) });
      return { note, text: await this.texts.open(tx, place(id)) };
    });
  }

  seen(id: string): Promise<HandOverNoteSeen> {
    return this.ground.db.read((tx) => this.seenIn(tx, id));
  }

  /** One more than the page holds, so that a further page shows itself. */
  page(me: AccountPrincipal, query: HandOverNoteQuery): Promise<HandOverNoteSeen[]> {
    const [writtenAt, id] = decodeCursor(query.cursor, HAND_OVER_NOTE_CURSOR) ?? [];
    return this.ground.db.read(async (tx) =>
      this.store.list(tx, {
        programmeIds: await this.programmes.programmesOf(tx, me.personId), open: query.open === undefined ? null : query.open === 'true',
        before: writtenAt && id ? { writtenAt: new Date(writtenAt), id } : null, limit: query.limit + 1,
      }),
    );
  }

  visible(principal: Principal, id: string): Promise<boolean> {
    return this.ground.db.read(async (tx) => {
      const note = await this.store.seen(tx, id);
      return note !== null && principal.kind === 'account' && this.programmes.isMember(tx, principal.personId, note.programmeId);
    });
  }

  private async seenIn(tx: Tx, id: string): Promise<HandOverNoteSeen> {
    const note = await this.store.seen(tx, id);
    if (!note) throw new DomainError('not-found');
    return note;
  }

  private async factsOf(tx: Tx, programmeId: string, now: Date): Promise<HandOverFacts> {
    const asked = (await this.store.languagesAsked(tx, programmeId)).map(({ language }) => language);
    const thin = await this.duty.thinFor(tx, programmeId, asked, now);
    return {
      ...countsOf(await this.store.openByState(tx, programmeId)), escalations: await this.store.openEscalations(tx, programmeId),
      thin: thin.map((each) => ({ ...each, from: each.from?.toISOString() ?? null })),
    };
  }

  private async record(tx: Tx, note: HandOverNote, what: 'written' | 'taken', me: AccountPrincipal, now: Date): Promise<void> {
    const actor = actorOf(me);
    await this.ground.events.append(tx, now, {
      type: `hand-over-note.${what}`, subjectType: 'hand-over-note', subjectId: note.id, programmeId: note.programmeId, version: note.version, actor, data: {},
    });
    await this.ground.events.audit(tx, now, { action: `hand-over-note.${what}`, subjectType: TABLE, subjectId: note.id, actor });
  }
}

function place(rowId: string) {
  return { table: TABLE, rowId, column: 'text' } as const;
}
