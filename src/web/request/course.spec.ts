import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { EscalationView, StaffAssignmentView } from '../../dispatch/contract.js';
import { CAUSES, lacksLead, isLookedFor } from './course.js';

const lead = (about: Partial<StaffAssignmentView> = {}) => ({ state: 'accepted', handingOverSince: null, ...about }) as StaffAssignmentView;
const escalation = (cause: string, closedAt: string | null = null) => ({ cause, closedAt }) as EscalationView;

describe('looking for a lead', () => {
  it.each([
    ['while nobody leads', { state: 'searching', assignment: null, escalation: null }, true],
    ['after the lead is gone', { state: 'searching', assignment: lead({ state: 'ended' }), escalation: null }, true],
    ['while the lead is handing over', { state: 'assigned', assignment: lead({ state: 'handing-over', handingOverSince: '2026-03-02T18:00:00Z' }), escalation: null }, true],
    ['not while the lead is handing over what is beyond a peer', { state: 'escalated', assignment: lead({ state: 'handing-over', handingOverSince: '2026-03-02T18:00:00Z' }), escalation: escalation('beyond-scope') }, false],
    ['not while somebody leads', { state: 'assigned', assignment: lead(), escalation: null }, false],
    ['not before the search has begun', { state: 'received', assignment: null, escalation: null }, false],
    ['while an escalation only looks for more help', { state: 'escalated', assignment: null, escalation: escalation('no-candidate') }, true],
    ['not while an escalation keeps it from peers', { state: 'escalated', assignment: null, escalation: escalation('imminent-danger') }, false],
  ])('goes on %s', (_, course, open) => {
    expect(isLookedFor(course)).toBe(open);
  });

  it('counts a lead who is handing over as one who is looked for', () => {
    expect([lacksLead({ assignment: lead() }), lacksLead({ assignment: lead({ handingOverSince: '2026-03-02T18:00:00Z' }) })]).toEqual([false, true]);
  });

  it('offers every cause a person may name, the plain one first', () => {
    const text = readFileSync(join(import.meta.dirname, '../../requests/domain/triage.ts'), 'utf8');
    const list = /CAUSES_BY_HAND = \[([^\]]*)\]/.exec(text)?.[1] ?? '';
    expect([...CAUSES].toSorted()).toEqual([...list.matchAll(/'([a-z-]+)'/g)].map((match) => match[1]).toSorted());
    expect(CAUSES[0]).toBe('coordinator');
  });
});
