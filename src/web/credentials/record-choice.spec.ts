import { describe, expect, it } from '@jest/globals';
import { BLANK, recordBody, type RecordChoice } from './record-choice.js';

const TYPED: RecordChoice = {
  code: 'x', issuedOn: '2026-01-02', lastDay: '', issuer: ' Board ', state: 'or', number: ' 4711 ', hours: '12,5', ceHours: '6', ceHoursNeeded: '20', result: 'not-passed', attested: true,
};
const SHARED = { code: 'x', issuedOn: '2026-01-02', issuer: 'Board', number: '4711' };

describe('what is sent of a credential', () => {
  it('is what belongs to its class, whatever was typed before', () => {
    expect(recordBody(TYPED, 'training')).toEqual({ ...SHARED, hours: 12.5, ceHours: 6, attested: true });
    expect(recordBody(TYPED, 'competency')).toEqual({ ...SHARED, attested: true });
    expect(recordBody(TYPED, 'certification')).toEqual({ ...SHARED, state: 'OR', ceHoursNeeded: 20 });
    expect(recordBody(TYPED, 'check')).toEqual({ ...SHARED, result: 'not-passed' });
  });
  it('leaves out what was left blank, and holds through the whole of its last day', () => {
    const body = recordBody({ ...BLANK, code: 'x', issuedOn: '2026-01-02', lastDay: '2026-12-31' }, 'training');
    expect(Object.entries(body).filter(([, value]) => value !== undefined).map(([field]) => field)).toEqual(['code', 'issuedOn', 'expiresAt', 'attested']);
    expect(body.expiresAt).toBe(new Date(2027, 0, 1).toISOString());
  });
});
