import { describe, expect, it } from '@jest/globals';
import { Counties } from './counties.service.js';
import { Places } from './places.service.js';

const places = new Places(new Counties());
const EUGENE = { lat: 44.05, lon: -123.09 };

describe('where somebody is', () => {
  it('is what the coordinates say, whatever the ZIP code', () => expect(places.at({ ...EUGENE, zip: '10001' })).toEqual(EUGENE));
  it('is the centroid of the ZIP code when there are no coordinates', () => {
    expect(places.at({ zip: '97401' })).toEqual({ lat: expect.closeTo(44.1, 0), lon: expect.closeTo(-123, 0) });
  });
  it.each([[null], [{}], [{ zip: '00000' }], [{ lat: 44.05 }], [{ countyFips: '41039' }]])('is unknown of %j', (place) => expect(places.at(place)).toBeNull());
});

describe('the county somebody is in', () => {
  it('is the one that was told, whatever else was', () => expect(places.countyOf({ countyFips: '53033', ...EUGENE, zip: '10001' })).toBe('53033'));
  it('is found by coordinates before the ZIP code', () => expect(places.countyOf({ ...EUGENE, zip: '10001' })).toBe('41039'));
  it('is found by the ZIP code alone', () => expect(places.countyOf({ zip: '97401' })).toBe('41039'));
  it.each([[{}], [{ zip: '00000' }], [{ lat: 0, lon: 0 }]])('is unknown of %j', (place) => expect(places.countyOf(place)).toBeNull());
});
