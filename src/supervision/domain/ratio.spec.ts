import fc from 'fast-check';
import { ratioReached } from './ratio.js';

const onDuty = { source: 'on-duty' } as const;
const onCall = { source: 'on-call' } as const;

describe('peers for each supervisor', () => {
  it.each<[string, boolean, number, readonly (typeof onDuty | typeof onCall)[]]>([
    ['seven of eight', false, 7, [onDuty]],
    ['eight of eight', true, 8, [onDuty]],
    ['eight of sixteen', false, 8, [onDuty, onDuty]],
    ['seven, and three on the on-call list', false, 7, [onCall, onCall, onCall]],
    ['eight, and three on the on-call list', true, 8, [onCall, onCall, onCall]],
    ['nobody with anybody, and nobody who supervises', true, 0, []],
  ])('%s: %s', (_, reached, peersWithSomebody, supervisors) => {
    expect(ratioReached({ peersWithSomebody, supervisors, peersPerSupervisor: 8 })).toBe(reached);
  });

  it('never lets more be with somebody than the supervisors can stand behind', () => {
    fc.assert(fc.property(fc.nat(50), fc.nat(5), fc.integer({ min: 1, max: 20 }), (peersWithSomebody, many, peersPerSupervisor) => {
      const supervisors = Array.from({ length: many }, () => onDuty);
      return ratioReached({ peersWithSomebody, supervisors, peersPerSupervisor }) || peersWithSomebody + 1 <= many * peersPerSupervisor;
    }));
  });
});
