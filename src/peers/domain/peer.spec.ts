import { describe, expect, it } from '@jest/globals';
import { availabilityOf } from './peer.js';

describe('availability of a peer', () => {
  const nothing = { onDuty: false, liveAssignments: 0, pendingOffers: 0 };

  it('is off duty without a duty, and says no more than that', () => {
    expect(availabilityOf(nothing)).toBe('off-duty');
  });

  it('is on duty when nobody has asked for them yet', () => {
    expect(availabilityOf({ ...nothing, onDuty: true })).toBe('on-duty');
  });

  it('is busy while being asked', () => {
    expect(availabilityOf({ ...nothing, onDuty: true, pendingOffers: 1 })).toBe('busy');
  });

  it('is busy while with somebody, also when the duty itself is over', () => {
    expect(availabilityOf({ ...nothing, liveAssignments: 1 })).toBe('busy');
    expect(availabilityOf({ ...nothing, onDuty: true, liveAssignments: 1 })).toBe('busy');
  });
});
