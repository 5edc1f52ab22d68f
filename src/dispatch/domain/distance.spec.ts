import fc from 'fast-check';
import { distanceKm } from './distance.js';

const point = fc.record({ lat: fc.double({ min: -89, max: 89, noNaN: true }), lon: fc.double({ min: -179, max: 179, noNaN: true }) });

describe('the distance', () => {
  it('from Eugene to Portland is about 165 km', () => {
    expect(distanceKm({ lat: 44.05, lon: -123.09 }, { lat: 45.52, lon: -122.68 })).toBeCloseTo(166.6, 0);
  });

  it('is the same both ways, never negative, and never more than half the way round', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(distanceKm(a, b)).toBeCloseTo(distanceKm(b, a), 6);
        expect(distanceKm(a, b)).toBeGreaterThanOrEqual(0);
        expect(distanceKm(a, b)).toBeLessThanOrEqual(20_020);
      }),
    );
  });
});
