import { CARE, NOW } from './candidate.fixture.js';
import { restOver } from './rest-over.js';

const minutes = (count: number): Date => new Date(NOW.getTime() + count * 60_000);
const contact = (from: number, until: number | null) => ({ from: minutes(from), until: until === null ? null : minutes(until), highAcuity: false, intensity: 'calm' as const });
const longer = { ...CARE, rest: { ...CARE.rest, afterContactMinutes: 25 } };

describe('what a peer is told of their rest', () => {
  it('is when the longest of their programmes lets them be asked again', () => {
    expect(restOver([contact(-20, -4)], [CARE], NOW)).toEqual(minutes(6));
    expect(restOver([contact(-20, -4)], [CARE, longer], NOW)).toEqual(minutes(21));
    expect(restOver([contact(-130, -2)], [{ ...CARE, rest: { ...CARE.rest, afterContactMinutes: 0 } }], NOW)).toEqual(minutes(8));
  });

  it('is nothing once it is over, before any contact, and while one goes on', () => {
    expect([restOver([contact(-20, -10)], [CARE], NOW), restOver([], [CARE], NOW), restOver([contact(-20, -4), contact(-3, null)], [CARE], NOW)]).toEqual([null, null, null]);
  });
});
