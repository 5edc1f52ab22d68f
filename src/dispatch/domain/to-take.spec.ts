import { describe, expect, it } from '@jest/globals';
import { byGravity, type ToTake } from './to-take.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 2, 18, minute));
const sorted = (...items: ToTake[]): ToTake[] => [...items].sort(byGravity);

describe('what no supervisor has taken yet', () => {
  it('shows danger to life before everything else, however late it came', () => {
    const danger: ToTake = { what: { cause: 'imminent-danger' }, since: at(9) };
    const nobody: ToTake = { what: { cause: 'no-candidate' }, since: at(1) };
    expect(sorted(nobody, danger)).toEqual([danger, nobody]);
  });

  it('shows a peer nobody has heard of right after danger to life', () => {
    const silent: ToTake = { what: { alarm: 'safety-check-missed' }, since: at(9) };
    const medical: ToTake = { what: { cause: 'medical-emergency' }, since: at(9) };
    const clinician: ToTake = { what: { cause: 'needs-clinician' }, since: at(1) };
    expect(sorted(clinician, silent, medical)).toEqual([medical, silent, clinician]);
  });

  it('shows the one that has waited longest first among equals', () => {
    const [early, late]: ToTake[] = [{ what: { cause: 'lost-peer' }, since: at(1) }, { what: { cause: 'lost-peer' }, since: at(2) }];
    expect(sorted(late as ToTake, early as ToTake)).toEqual([early, late]);
  });
});
