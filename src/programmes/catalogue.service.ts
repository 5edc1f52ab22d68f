import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { readConfigFile } from '../platform/config-files.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { CatalogueStore } from './catalogue.store.js';
import { CATALOGUE_KINDS, type CatalogueItem, type CatalogueKind } from './domain/programme.js';

const item = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  en: z.string().min(1).max(80),
  es: z.string().min(1).max(80),
});
const items = z
  .array(item)
  .min(1)
  .refine((all) => new Set(all.map(({ code }) => code)).size === all.length, 'a code appears twice');

/** What the file calls the items of each kind; the API uses the same names. */
const SHELVES = {
  languages: 'language',
  populations: 'population',
  experience: 'experience',
  skills: 'skill',
  genders: 'gender',
  outcomes: 'outcome',
  reasons: 'reason',
  referrals: 'referral',
} as const satisfies Record<string, CatalogueKind>;
const SHELF_NAMES = Object.keys(SHELVES) as (keyof typeof SHELVES)[];

const catalogueFile = z.strictObject({
  languages: items, populations: items, experience: items, skills: items, genders: items, outcomes: items, reasons: items, referrals: items,
});

@Injectable()
export class CatalogueService implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly catalogue: CatalogueStore,
  ) {}

  async onModuleInit(): Promise<void> {
    const file = readConfigFile('catalogue.json', catalogueFile);
    const rows = SHELF_NAMES.flatMap((shelf) =>
      file[shelf].map(({ code, en, es }, index) => ({
        kind: SHELVES[shelf], code, labelEn: en, labelEs: es, position: index + 1, active: true,
      })),
    );
    await this.db.withTx((tx) => this.catalogue.insertMissing(tx, rows));
  }

  /** Everything that may be chosen now, in the order to show it. */
  async all(tx: Tx): Promise<Record<CatalogueKind, CatalogueItem[]>> {
    const active = await this.catalogue.active(tx);
    const ofKind = (kind: CatalogueKind): CatalogueItem[] => active.filter((each) => each.kind === kind);
    return Object.fromEntries(CATALOGUE_KINDS.map((kind) => [kind, ofKind(kind)])) as Record<CatalogueKind, CatalogueItem[]>;
  }

  /** Those of `codes` that nobody may choose: not in the catalogue, or retired. */
  async unknownCodes(tx: Tx, kind: CatalogueKind, codes: readonly string[]): Promise<string[]> {
    if (codes.length === 0) return [];
    const known = new Set(await this.catalogue.knownAmong(tx, kind, codes));
    return codes.filter((code) => !known.has(code));
  }
}
