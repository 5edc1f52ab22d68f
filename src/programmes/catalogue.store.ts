import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { CatalogueItem, CatalogueKind } from './domain/programme.js';
import { CatalogueItemEntity } from './programmes.entity.js';

const LARGEST_CATALOGUE = 2_000;

@Injectable()
export class CatalogueStore {
  async active(tx: Tx): Promise<CatalogueItem[]> {
    const rows = await tx.manager.getRepository(CatalogueItemEntity).find({
      where: { active: true }, order: { kind: 'ASC', position: 'ASC' }, take: LARGEST_CATALOGUE,
    });
    return rows.map(({ kind, code, labelEn, labelEs }) => ({ kind, code, label: { en: labelEn, es: labelEs } }));
  }

  async knownAmong(tx: Tx, kind: CatalogueKind, codes: readonly string[]): Promise<string[]> {
    const rows = await tx.rows<{ code: string }>('SELECT code FROM catalogue_item WHERE kind = $1 AND code = ANY($2) AND active', [kind, codes]);
    return rows.map((row) => row.code);
  }

  /** Leaves alone what is there: an admin may have changed a label or retired a code. */
  async insertMissing(tx: Tx, items: readonly CatalogueItemEntity[]): Promise<void> {
    await tx.manager.createQueryBuilder().insert().into(CatalogueItemEntity).values([...items]).orIgnore().execute();
  }
}
