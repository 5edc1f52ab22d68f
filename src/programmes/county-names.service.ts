import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';

const named = z.object({ id: z.string(), properties: z.object({ name: z.string() }) });
const atlas = z.object({ objects: z.object({ counties: z.object({ geometries: z.array(named) }), states: z.object({ geometries: z.array(named) }) }) });

/** Names of the US counties by FIPS code (US Census Bureau, through the pinned package us-atlas; its shapes are not used). */
@Injectable()
export class CountyNames {
  private known: ReadonlyMap<string, string> | null = null;

  /** With its state, because there are thirty Washington Counties; the code itself for one the package does not know. */
  of(fips: string): string {
    this.known ??= read();
    return this.known.get(fips) ?? fips;
  }
}

/** 840 kB that are read when a name is first asked for. */
function read(): ReadonlyMap<string, string> {
  const path = createRequire(import.meta.url).resolve('us-atlas/counties-10m.json');
  const { counties, states } = atlas.parse(JSON.parse(readFileSync(path, 'utf8'))).objects;
  const stateOf = new Map(states.geometries.map(({ id, properties }) => [id, properties.name]));
  return new Map(counties.geometries.map(({ id, properties: { name } }) => [id, `${name}, ${stateOf.get(id.slice(0, 2)) ?? id.slice(0, 2)}`]));
}
