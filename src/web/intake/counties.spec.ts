import { describe, expect, it } from '@jest/globals';
import { countiesOf } from './counties.js';

const several = (name: string, county: string): string => `${name} (${county})`;

describe('the areas to choose from', () => {
  it('name each county as an offer would: by the smallest area that holds it', () => {
    const areas = [
      { name: 'West', countyFips: ['41039', '41043', '41003'], counties: [{ fips: '41043', name: 'Linn, Oregon' }] },
      { name: 'Lane County', countyFips: ['41039'], counties: [] },
    ];
    expect(countiesOf(areas, several)).toEqual([
      { value: '41039', label: 'Lane County' }, { value: '41003', label: 'West (41003)' }, { value: '41043', label: 'West (Linn, Oregon)' },
    ]);
  });

  it('are empty where there are none', () => {
    expect(countiesOf([], several)).toEqual([]);
  });
});
