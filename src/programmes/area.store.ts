import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { AreaEntity } from './programmes.entity.js';

@Injectable()
export class AreaStore {
  /** The smallest area that holds the county: it says most without saying where. */
  async nameForCounty(tx: Tx, countyFips: string): Promise<string | null> {
    const found = await tx.maybe<{ name: string }>(
      'SELECT name FROM area WHERE $1 = ANY(county_fips) ORDER BY cardinality(county_fips), name LIMIT 1',
      [countyFips],
    );
    return found?.name ?? null;
  }

  async insert(tx: Tx, area: { id: string; name: string; countyFips: readonly string[] }): Promise<void> {
    await tx.manager.getRepository(AreaEntity).insert({ ...area, countyFips: [...area.countyFips] });
  }
}
