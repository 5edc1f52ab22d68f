import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Injectable } from '@nestjs/common';
import { geoBounds, geoContains, type ExtendedFeature } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { z } from 'zod';
import type { LatLon } from './domain/place.js';

const named = z.object({ id: z.string(), properties: z.object({ name: z.string() }) });
const atlas = z.object({ objects: z.object({ counties: z.object({ geometries: z.array(named) }), states: z.object({ geometries: z.array(named) }) }) });

interface County {
  readonly fips: string;
  readonly name: string;
  readonly holds: (at: LatLon) => boolean;
}

/** The US counties, their names and their shapes, by FIPS code (US Census Bureau, through the pinned package us-atlas). */
@Injectable()
export class Counties {
  private known: ReadonlyMap<string, County> | null = null;

  /** With its state, because there are thirty Washington Counties; the code itself for one the package does not know. */
  nameOf(fips: string): string {
    return this.all().get(fips)?.name ?? fips;
  }

  /** FIPS code of the county somebody is in; null at sea and abroad. */
  at(place: LatLon): string | null {
    for (const { fips, holds } of this.all().values()) if (holds(place)) return fips;
    return null;
  }

  private all(): ReadonlyMap<string, County> {
    this.known ??= new Map(read().map((county) => [county.fips, county]));
    return this.known;
  }
}

/** 840 kB that are read when a county is first asked for. */
function read(): County[] {
  const said: unknown = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('us-atlas/counties-10m.json'), 'utf8'));
  const { counties, states } = atlas.parse(said).objects;
  const stateOf = new Map(states.geometries.map(({ id, properties }) => [id, properties.name]));
  const { features } = feature(said as Topology, (said as Topology<{ counties: GeometryCollection }>).objects.counties);
  return counties.geometries.map(({ id, properties: { name } }, at) => {
    const shape = features[at];
    return { fips: id, name: `${name}, ${stateOf.get(id.slice(0, 2)) ?? id.slice(0, 2)}`, holds: shape ? holding(shape) : () => false };
  });
}

/** Its box is asked before the shape itself, and is found when first needed. */
function holding(shape: ExtendedFeature): County['holds'] {
  let box: ReturnType<typeof geoBounds> | null = null;
  return ({ lat, lon }) => {
    box ??= geoBounds(shape);
    const [[west, south], [east, north]] = box;
    // A box over the date line (the Aleutians) begins in the east and ends in the west.
    const inLongitude = west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
    return inLongitude && lat >= south && lat <= north && geoContains(shape, [lon, lat]);
  };
}
