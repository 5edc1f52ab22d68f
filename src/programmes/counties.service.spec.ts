import { describe, expect, it } from '@jest/globals';
import { Counties } from './counties.service.js';

const counties = new Counties();

describe('the name of a county', () => {
  it('stands beside its state', () => expect([counties.nameOf('41039'), counties.nameOf('53033')]).toEqual(['Lane, Oregon', 'King, Washington']));
  it('is known for the territories as well', () => expect(counties.nameOf('72127')).toBe('San Juan, Puerto Rico'));
  it('is the code itself where nobody knows it', () => expect(counties.nameOf('99999')).toBe('99999'));
});

describe('the county somebody is in', () => {
  it.each([
    ['Eugene', { lat: 44.05, lon: -123.09 }, '41039'],
    ['Seattle', { lat: 47.61, lon: -122.33 }, '53033'],
    ['San Juan', { lat: 18.41, lon: -66.06 }, '72127'],
    ['Adak, east of the date line, in a county that lies on both sides of it', { lat: 51.88, lon: -176.65 }, '02016'],
    ['Attu, west of it', { lat: 52.9, lon: 172.9 }, '02016'],
  ])('is known for %s', (_, at, fips) => expect(counties.at(at)).toBe(fips));

  it.each([
    ['at sea', { lat: 40, lon: -140 }],
    ['abroad', { lat: 48.85, lon: 2.35 }],
    ['at the pole', { lat: 90, lon: 0 }],
  ])('is unknown %s', (_, at) => expect(counties.at(at)).toBeNull());

  it('is the other one across a line between two', () => {
    expect([counties.at({ lat: 45.52, lon: -122.68 }), counties.at({ lat: 45.63, lon: -122.67 })]).toEqual(['41051', '53011']);
  });
});
