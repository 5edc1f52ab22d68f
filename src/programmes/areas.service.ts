import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { Ids } from '../platform/ids.js';
import { AreaStore } from './area.store.js';

/** Named sets of counties; the name is all an offer shows of a place. */
@Injectable()
export class AreasService {
  constructor(
    private readonly areas: AreaStore,
    private readonly ids: Ids,
  ) {}

  /** Null when the county is unknown or in no area. */
  async nameFor(tx: Tx, countyFips: string | null): Promise<string | null> {
    return countyFips === null ? null : this.areas.nameForCounty(tx, countyFips);
  }

  /** For many places at once; a county in no area is left out. */
  namesFor(tx: Tx, countyFips: readonly (string | null)[]): Promise<Map<string, string>> {
    return this.areas.namesForCounties(tx, [...new Set(countyFips.filter((fips) => fips !== null))]);
  }

  /** `countyFips`: five-digit FIPS codes (ANSI INCITS 31). Returns the id. */
  async create(tx: Tx, name: string, countyFips: readonly string[]): Promise<string> {
    const id = this.ids.next();
    await this.areas.insert(tx, { id, name, countyFips });
    return id;
  }
}
