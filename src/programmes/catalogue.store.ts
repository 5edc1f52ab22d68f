import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { CatalogueItem, CatalogueKind, CredentialClass, Label } from './domain/programme.js';
import { CatalogueItemEntity } from './programmes.entity.js';

const LARGEST_CATALOGUE = 2_000;

export interface CatalogueEntry {
  readonly kind: CatalogueKind;
  readonly code: string;
  readonly label: Label;
  /** Null for every kind but credentials. */
  readonly credentialClass: CredentialClass | null;
  /** Of reasons only: after a contact about it a supervisor is in touch before the peer is asked again. */
  readonly grave: boolean;
  readonly active: boolean;
  readonly version: number;
}

const ENTRY = `kind, code, jsonb_build_object('en', label_en, 'es', label_es) AS label, credential_class, grave, active, version`;

@Injectable()
export class CatalogueStore {
  async active(tx: Tx): Promise<CatalogueItem[]> {
    const rows = await tx.manager.getRepository(CatalogueItemEntity).find({
      where: { active: true }, order: { kind: 'ASC', position: 'ASC' }, take: LARGEST_CATALOGUE,
    });
    return rows.map(({ kind, code, labelEn, labelEs, credentialClass }) => ({ kind, code, label: { en: labelEn, es: labelEs }, credentialClass }));
  }

  async knownAmong(tx: Tx, kind: CatalogueKind, codes: readonly string[]): Promise<string[]> {
    const rows = await tx.rows<{ code: string }>('SELECT code FROM catalogue_item WHERE kind = $1 AND code = ANY($2) AND active', [kind, codes]);
    return rows.map((row) => row.code);
  }

  async anyGrave(tx: Tx, reasons: readonly string[]): Promise<boolean> {
    return (await tx.maybe(`SELECT 1 FROM catalogue_item WHERE kind = 'reason' AND code = ANY($1) AND grave LIMIT 1`, [reasons])) !== null;
  }

  /** Leaves alone what is there: an admin may have changed a label or retired a code. */
  async insertMissing(tx: Tx, items: readonly CatalogueItemEntity[]): Promise<void> {
    await tx.manager.createQueryBuilder().insert().into(CatalogueItemEntity).values([...items]).orIgnore().execute();
  }

  /** Retired ones too; null: of every kind. */
  entries(tx: Tx, kind: CatalogueKind | null): Promise<CatalogueEntry[]> {
    return tx.rows<CatalogueEntry>(`SELECT ${ENTRY} FROM catalogue_item WHERE $1::text IS NULL OR kind = $1 ORDER BY kind, position, code LIMIT $2`, [
      kind, LARGEST_CATALOGUE,
    ]);
  }

  lockEntry(tx: Tx, kind: CatalogueKind, code: string): Promise<CatalogueEntry | null> {
    return tx.maybe<CatalogueEntry>(`SELECT ${ENTRY} FROM catalogue_item WHERE kind = $1 AND code = $2 FOR UPDATE`, [kind, code]);
  }

  async lockKind(tx: Tx, kind: CatalogueKind): Promise<string[]> {
    const rows = await tx.rows<{ code: string }>('SELECT code FROM catalogue_item WHERE kind = $1 ORDER BY code LIMIT $2 FOR UPDATE', [kind, LARGEST_CATALOGUE]);
    return rows.map(({ code }) => code);
  }

  /** After the last of its kind. */
  insert(tx: Tx, { kind, code, label, credentialClass, grave }: Omit<CatalogueEntry, 'active' | 'version'>): Promise<CatalogueEntry> {
    return tx.one<CatalogueEntry>(
      `INSERT INTO catalogue_item (kind, code, label_en, label_es, credential_class, grave, position, active)
       SELECT $1, $2, $3, $4, $5, $6, coalesce(max(position), 0) + 1, true FROM catalogue_item WHERE kind = $1 RETURNING ${ENTRY}`,
      [kind, code, label.en, label.es, credentialClass, grave],
    );
  }

  update(tx: Tx, { kind, code, label, grave, active }: CatalogueEntry): Promise<CatalogueEntry> {
    return tx.one<CatalogueEntry>(
      `UPDATE catalogue_item SET label_en = $3, label_es = $4, active = $5, grave = $6, version = version + 1 WHERE kind = $1 AND code = $2 RETURNING ${ENTRY}`,
      [kind, code, label.en, label.es, active, grave],
    );
  }

  /** Words and versions stay: an order is nobody's edit of an entry. */
  async reorder(tx: Tx, kind: CatalogueKind, codes: readonly string[]): Promise<void> {
    await tx.run(
      `UPDATE catalogue_item c SET position = o.position FROM unnest($2::text[]) WITH ORDINALITY AS o (code, position) WHERE c.kind = $1 AND c.code = o.code`,
      [kind, codes],
    );
  }
}
