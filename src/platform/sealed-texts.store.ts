import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from './database/tx.js';
import { Ids } from './ids.js';
import { Sealed, Sealer, type SealedRow, type SealPlace } from './seal.js';

/** Rows of sealed text. Deleting the wrapped key is the retention delete. */
@Injectable()
export class SealedTexts {
  constructor(
    @Inject(Sealer) private readonly sealer: Sealer,
    private readonly ids: Ids,
  ) {}

  async put(tx: Tx, at: Date, place: SealPlace, text: Sealed<string>): Promise<void> {
    const sealed = this.sealer.seal(text, place);
    await tx.run(
      `INSERT INTO sealed_text (id, table_name, row_id, column_name, key_id, wrapped_key, cipher, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
      [this.ids.next(), place.table, place.rowId, place.column, sealed.keyId, sealed.wrappedKey, sealed.cipher, at],
    );
  }

  /** Puts it in the place of what was sealed there before. */
  async replace(tx: Tx, at: Date, place: SealPlace, text: Sealed<string>): Promise<void> {
    const sealed = this.sealer.seal(text, place);
    await tx.run(
      `INSERT INTO sealed_text (id, table_name, row_id, column_name, key_id, wrapped_key, cipher, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
       ON CONFLICT ON CONSTRAINT one_sealed_text_per_column
         DO UPDATE SET key_id = EXCLUDED.key_id, wrapped_key = EXCLUDED.wrapped_key, cipher = EXCLUDED.cipher`,
      [this.ids.next(), place.table, place.rowId, place.column, sealed.keyId, sealed.wrappedKey, sealed.cipher, at],
    );
  }

  /** Deletes the keys of what was sealed in this column of these rows: nobody opens it any more. */
  async forget(tx: Tx, place: Omit<SealPlace, 'rowId'>, rowIds: readonly string[]): Promise<void> {
    await tx.run('UPDATE sealed_text SET wrapped_key = NULL WHERE table_name = $1 AND column_name = $2 AND row_id = ANY($3)', [place.table, place.column, rowIds]);
  }

  /** null when nothing was sealed there, or its key was deleted. */
  async open(tx: Tx, place: SealPlace): Promise<Sealed<string> | null> {
    const row = await tx.maybe<SealedRow>(
      `SELECT key_id, wrapped_key, cipher FROM sealed_text
       WHERE table_name = $1 AND row_id = $2 AND column_name = $3 AND wrapped_key IS NOT NULL`,
      [place.table, place.rowId, place.column],
    );
    return row ? this.sealer.open(row, place) : null;
  }
}
