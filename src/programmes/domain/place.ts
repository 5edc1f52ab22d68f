/** WGS 84, in degrees. */
export interface LatLon {
  readonly lat: number;
  readonly lon: number;
}

/** Where somebody is, as far as it was told: coordinates, ZIP code, county (five-digit FIPS code, ANSI INCITS 31). */
export interface ToldPlace {
  readonly countyFips?: string | null;
  readonly zip?: string | null;
  readonly lat?: number | null;
  readonly lon?: number | null;
}
