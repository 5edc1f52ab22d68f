import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { Sealed } from '../platform/seal.js';
import { SealedTexts } from '../platform/sealed-texts.store.js';
import { NOTES, SessionsStore, type Session } from './sessions.store.js';

export interface NotesRead {
  readonly text: string | null;
  readonly reads: readonly { readonly readerName: string; readonly at: Date }[];
}

/** What was written about a session: for the peer and for who held it. Neither a deputy nor whoever comes next opens it, nor an admin. */
@Injectable()
export class SessionNotes {
  constructor(
    private readonly store: SessionsStore,
    private readonly sealed: SealedTexts,
    private readonly ground: Ground,
  ) {}

  /** In the place of what was there; empty text takes it away. */
  async put(tx: Tx, sessionId: string, text: string, now: Date): Promise<void> {
    if (text.trim() === '') await this.sealed.forget(tx, NOTES, [sessionId]);
    else await this.sealed.replace(tx, now, { ...NOTES, rowId: sessionId }, new Sealed(text));
  }

  /** By who held it. Errors: 404, 409 `session-over` while it has not been held. */
  async write(me: AccountPrincipal, sessionId: string, text: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const session = await this.store.lock(tx, sessionId);
      if (!session || session.supervisorId !== me.personId) throw new DomainError('not-found');
      if (session.state !== 'held') throw new DomainError('session-over');
      await this.put(tx, sessionId, text, this.ground.clock.now());
    });
  }

  /** Each reading is written down, and the peer sees by whom. Errors: 404. */
  async read(me: AccountPrincipal, sessionId: string): Promise<NotesRead> {
    return this.ground.db.withTx(async (tx) => {
      const session = await this.store.find(tx, sessionId);
      if (!session || !isOfPair(session, me.personId)) throw new DomainError('not-found');
      const text = await this.sealed.open(tx, { ...NOTES, rowId: sessionId });
      if (text) await this.store.keepRead(tx, { id: this.ground.ids.next(), sessionId, readerId: me.personId, at: this.ground.clock.now() });
      return { text: text?.open() ?? null, reads: session.personId === me.personId ? await this.store.reads(tx, sessionId) : [] };
    });
  }
}

/** The peer, and whoever held it. */
export function isOfPair(session: Pick<Session, 'personId' | 'supervisorId' | 'state'>, personId: string): boolean {
  return session.personId === personId || (session.state === 'held' && session.supervisorId === personId);
}
