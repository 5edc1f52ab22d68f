import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { AreaEntity } from './programmes.entity.js';

export interface Area {
  readonly id: string;
  readonly name: string;
  readonly countyFips: readonly string[];
  readonly version: number;
}

const MOST_AREAS = 5_000;

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

  /** The same for many at once; what is in no area is left out. */
  async namesForCounties(tx: Tx, countyFips: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.rows<{ fips: string; name: string }>(
      `SELECT DISTINCT ON (c.fips) c.fips, a.name FROM unnest($1::text[]) AS c(fips) JOIN area a ON c.fips = ANY(a.county_fips)
       ORDER BY c.fips, cardinality(a.county_fips), a.name`,
      [countyFips],
    );
    return new Map(rows.map(({ fips, name }) => [fips, name]));
  }

  async insert(tx: Tx, area: { id: string; name: string; countyFips: readonly string[] }): Promise<void> {
    await tx.manager.getRepository(AreaEntity).insert({ ...area, countyFips: [...area.countyFips], version: 1 });
  }

  /** By name. */
  all(tx: Tx): Promise<Area[]> {
    return tx.rows<Area>('SELECT id, name, county_fips, version FROM area ORDER BY name LIMIT $1', [MOST_AREAS]);
  }

  byId(tx: Tx, id: string): Promise<Area | null> {
    return tx.maybe<Area>('SELECT id, name, county_fips, version FROM area WHERE id = $1', [id]);
  }

  lock(tx: Tx, id: string): Promise<Area | null> {
    return tx.maybe<Area>('SELECT id, name, county_fips, version FROM area WHERE id = $1 FOR UPDATE', [id]);
  }

  async isNameTaken(tx: Tx, name: string, butId: string | null): Promise<boolean> {
    return (await tx.maybe('SELECT 1 FROM area WHERE lower(name) = lower($1) AND id IS DISTINCT FROM $2', [name, butId])) !== null;
  }

  update(tx: Tx, area: Area): Promise<Area> {
    return tx.one<Area>('UPDATE area SET name = $2, county_fips = $3, version = version + 1 WHERE id = $1 RETURNING id, name, county_fips, version', [
      area.id, area.name, area.countyFips,
    ]);
  }
}
