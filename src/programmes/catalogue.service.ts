import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { readConfigFile } from '../platform/config-files.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { CatalogueStore } from './catalogue.store.js';
import { CATALOGUE_KINDS, CREDENTIAL_CLASSES, type CatalogueItem, type CatalogueKind, type CredentialClass } from './domain/programme.js';
import { SHELF_NAMES, SHELVES } from './domain/shelves.js';

const item = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  en: z.string().min(1).max(80),
  es: z.string().min(1).max(80),
});
const shelfOf = <T extends typeof item>(entry: T) =>
  z.array(entry).min(1).refine((all) => new Set(all.map(({ code }) => code)).size === all.length, 'a code appears twice');
const items = shelfOf(item);
const reasons = shelfOf(item.extend({ grave: z.literal(true).optional() }));
const credentials = shelfOf(item.extend({ class: z.enum(CREDENTIAL_CLASSES) }));

const catalogueFile = z.strictObject({
  languages: items, populations: items, experience: items, skills: items, genders: items, outcomes: items, reasons, referrals: items,
  credentials, supervisionTopics: items,
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
      file[shelf].map((entry, index) => ({
        kind: SHELVES[shelf], code: entry.code, labelEn: entry.en, labelEs: entry.es, credentialClass: 'class' in entry ? entry.class : null,
        grave: 'grave' in entry && entry.grave === true, position: index + 1, active: true, version: 1,
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

  /** Of every credential, the retired ones too: they stay with who holds them. */
  async credentialClasses(tx: Tx): Promise<Map<string, CredentialClass>> {
    const all = await this.catalogue.entries(tx, 'credential');
    return new Map(all.flatMap(({ code, credentialClass }) => (credentialClass ? [[code, credentialClass] as const] : [])));
  }

  /** Whether any of these reasons of a contact is one nobody who sat in it is left alone with, retired or not. */
  anyGrave(tx: Tx, reasons: readonly string[]): Promise<boolean> {
    return this.catalogue.anyGrave(tx, reasons);
  }

  /** Those of `codes` that nobody may choose: not in the catalogue, or retired. */
  async unknownCodes(tx: Tx, kind: CatalogueKind, codes: readonly string[]): Promise<string[]> {
    if (codes.length === 0) return [];
    const known = new Set(await this.catalogue.knownAmong(tx, kind, codes));
    return codes.filter((code) => !known.has(code));
  }
}
