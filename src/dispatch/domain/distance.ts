import type { LatLon } from '../../programmes/domain/place.js';

const EARTH_RADIUS_KM = 6_371;

/** Great-circle distance in kilometres (haversine), good to half a per cent. */
export function distanceKm(a: LatLon, b: LatLon): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const [dLat, dLon] = [radians(b.lat - a.lat), radians(b.lon - a.lon)];
  const chord = Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}
