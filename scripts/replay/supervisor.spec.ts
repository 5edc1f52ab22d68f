import { supervisorStep } from './supervisor.js';
import type { EscalationView } from './views.js';

const at = '2025-01-01T12:00:00Z';
const escalation = (change: Partial<EscalationView>): EscalationView => ({ id: 'e', cause: 'no-candidate', acknowledgedAt: at, contactConfirmedAt: null, ...change });

it('acknowledges before anything else', () => {
  expect(supervisorStep(escalation({ cause: 'imminent-danger', acknowledgedAt: null }), true, 60_000)).toEqual({ kind: 'acknowledge' });
});

it.each(['imminent-danger', 'medical-emergency', 'needs-clinician', 'beyond-scope'])('sees to help at once for %s', (cause) => {
  expect(supervisorStep(escalation({ cause }), true, 0).kind).toBe('confirm-contact');
});

it('gives a continuing search half a minute, then calls back in person, but not while a peer leads', () => {
  expect(supervisorStep(escalation({}), true, 29_999).kind).toBe('leave');
  expect(supervisorStep(escalation({}), true, 30_000).kind).toBe('confirm-contact');
  expect(supervisorStep(escalation({}), false, 60_000).kind).toBe('leave');
});

it('leaves what is done', () => {
  expect(supervisorStep(escalation({ contactConfirmedAt: at }), true, 60_000)).toEqual({ kind: 'leave' });
});
