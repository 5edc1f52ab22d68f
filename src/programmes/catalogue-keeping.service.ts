import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { mustBeCurrent } from '../platform/http/if-match.js';
import { CatalogueStore, type CatalogueEntry } from './catalogue.store.js';
import { codeFrom, isNeeded, isSameSet } from './domain/catalogue.js';
import type { CatalogueKind, CredentialClass, Label } from './domain/programme.js';
import { kindOn } from './domain/shelves.js';

/** What the routes name: one entry, and all of a kind. */
export const [ENTRY, SHELF] = ['catalogue-entry', 'catalogue-shelf'] as const;
/** The catalogue is one thing to the audit; the entry is named beside it. */
const THE_CATALOGUE = '00000000-0000-7000-8000-000000000001';

interface NewEntry {
  readonly kind: CatalogueKind;
  readonly label: Label;
  /** Null: made from the English words. */
  readonly code: string | null;
  readonly credentialClass: CredentialClass | null;
  /** Of reasons only. */
  readonly grave: boolean;
}

/** The catalogue as admins keep it: words change, codes never, and nothing is taken off old records. */
@Injectable()
export class CatalogueKeeping {
  constructor(
    private readonly ground: Ground,
    private readonly store: CatalogueStore,
    access: AccessService,
  ) {
    access.registerSubject({ kind: SHELF, visible: (_, shelf) => Promise.resolve(kindOn(shelf) !== null) });
    access.registerSubject({ kind: ENTRY, visible: (_, path) => this.exists(path) });
  }

  /** Null: of every kind. With the retired ones. */
  entries(kind: CatalogueKind | null): Promise<CatalogueEntry[]> {
    return this.ground.db.read((tx) => this.store.entries(tx, kind));
  }

  private async exists(path: string): Promise<boolean> {
    const [shelf = '', code = ''] = path.split('/');
    const kind = kindOn(shelf);
    return kind !== null && (await this.entries(kind)).some((entry) => entry.code === code);
  }

  /** At the end of its kind. Throws `invalid` when no code can be made of the words, and when the code is there already. */
  async add(by: AccountPrincipal, { kind, label, credentialClass, grave, ...given }: NewEntry): Promise<CatalogueEntry> {
    const code = given.code ?? codeFrom(label.en);
    if (code === null) throw invalidField('code', 'Give a code: the English words have no letters to make one from.', 'required');
    if (kind === 'credential' && !credentialClass) throw invalidField('credentialClass', 'Say what this credential stands for.', 'required');
    if (kind !== 'credential' && credentialClass) throw invalidField('credentialClass', 'Only credentials have a class.', 'not-here');
    mustFit(kind, grave);
    return this.ground.db.withTx(async (tx) => {
      if (await this.store.lockEntry(tx, kind, code)) throw invalidField('code', 'There is an entry with this code.', 'taken');
      const entry = await this.store.insert(tx, { kind, code, label, credentialClass, grave });
      await this.note(tx, by, 'catalogue.add', entry);
      return entry;
    });
  }

  /** Throws `not-found`, `stale-version`, and `catalogue-item-needed` for retiring what the product goes by. */
  async change(
    by: AccountPrincipal, { kind, code }: { kind: CatalogueKind; code: string }, heldVersion: number, change: { label?: Label; grave?: boolean; active?: boolean },
  ): Promise<CatalogueEntry> {
    return this.ground.db.withTx(async (tx) => {
      const before = await this.store.lockEntry(tx, kind, code);
      if (!before) throw new DomainError('not-found');
      mustBeCurrent(heldVersion, before.version);
      const { label = before.label, grave = before.grave, active = before.active } = change;
      mustFit(kind, grave);
      if (!active && before.active) await this.mustBeSpared(tx, before);
      const entry = await this.store.update(tx, { ...before, label, grave, active });
      await this.note(tx, by, 'catalogue.change', entry);
      return entry;
    });
  }

  /** Every code of the kind, in the order they are to be shown in; throws `invalid` for any other set of codes. */
  async reorder(by: AccountPrincipal, kind: CatalogueKind, codes: readonly string[]): Promise<CatalogueEntry[]> {
    return this.ground.db.withTx(async (tx) => {
      const all = await this.store.lockKind(tx, kind);
      if (!isSameSet(codes, all)) throw invalidField('codes', 'Name every code of this kind once.', 'not-the-same');
      await this.store.reorder(tx, kind, codes);
      await this.ground.events.audit(tx, this.ground.clock.now(), {
        action: 'catalogue.reorder', subjectType: 'catalogue', subjectId: THE_CATALOGUE, actor: actorOf(by), data: { kind },
      });
      return this.store.entries(tx, kind);
    });
  }

  /** A kind without a single entry would stop intake or close-out as well. */
  private async mustBeSpared(tx: Tx, { kind, code }: CatalogueEntry): Promise<void> {
    if (isNeeded(kind, code)) throw new DomainError('catalogue-item-needed');
    const others = (await this.store.entries(tx, kind)).filter((entry) => entry.active && entry.code !== code);
    if (others.length === 0) throw new DomainError('catalogue-item-needed');
  }

  private async note(tx: Tx, by: AccountPrincipal, action: string, { kind, code, active }: CatalogueEntry): Promise<void> {
    await this.ground.events.audit(tx, this.ground.clock.now(), {
      action, subjectType: 'catalogue', subjectId: THE_CATALOGUE, actor: actorOf(by), data: { kind, code, active },
    });
  }
}

function mustFit(kind: CatalogueKind, grave: boolean): void {
  if (grave && kind !== 'reason') throw invalidField('grave', 'Only what a contact was about can be grave.', 'not-here');
}
