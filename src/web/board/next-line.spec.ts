import { describe, expect, it } from '@jest/globals';
import type { EscalationView, StaffAssignmentView, StaffOfferView } from '../../dispatch/contract.js';
import { nextLine } from './next-line.js';

const now = Date.parse('2025-05-12T20:30:00.000Z');
const inSeconds = (seconds: number): string => new Date(now + seconds * 1000).toISOString();
const nothing = { offers: [], assignment: null, escalation: null };
const offer = (peerName: string, seconds: number): StaffOfferView => ({ peerName, status: 'pending', expiresAt: inSeconds(seconds) }) as StaffOfferView;
const escalation = (acknowledgedAt: string | null): EscalationView => ({ acknowledgedAt, closedAt: null }) as EscalationView;

describe('the next line of a request', () => {
  it('names the one who is being asked, until their time is over', () => {
    const line = nextLine({ ...nothing, state: 'searching', nextAction: { kind: 'offer-closes', dueAt: inSeconds(45) }, offers: [offer('Jo M.', 40)] }, now);
    expect(line).toEqual({ key: 'asking-one', words: { name: 'Jo M.' }, dueAt: inSeconds(40), tone: 'calm' });
  });

  it('counts several, with the time of the one who runs out first', () => {
    const line = nextLine({ ...nothing, state: 'searching', nextAction: { kind: 'offer-closes', dueAt: inSeconds(18) }, offers: [offer('A', 41), offer('B', 13)] }, now);
    expect(line).toMatchObject({ key: 'asking-many', words: { count: 2 }, dueAt: inSeconds(13) });
  });

  it('does not lend the page the time of another step', () => {
    const facts = { ...nothing, state: 'escalated', escalation: escalation(null) };
    expect(nextLine({ ...facts, nextAction: { kind: 'retry', dueAt: inSeconds(5) } }, now)).toEqual({ key: 'pages-go-on', words: {}, dueAt: null, tone: 'act' });
  });

  it('goes on telling about the search while a supervisor has the escalation in hand', () => {
    const facts = { ...nothing, state: 'escalated', escalation: escalation(inSeconds(-60)) };
    expect(nextLine({ ...facts, nextAction: { kind: 'offer-closes', dueAt: inSeconds(25) }, offers: [offer('Jo M.', 20)] }, now).key).toBe('asking-one');
  });

  it('does not count offers that are over', () => {
    const declined = { ...offer('A', 41), status: 'declined' as const };
    const line = nextLine({ ...nothing, state: 'searching', nextAction: { kind: 'retry', dueAt: inSeconds(70) }, offers: [declined] }, now);
    expect(line).toMatchObject({ key: 'retry', dueAt: inSeconds(70), tone: 'soon' });
  });

  it('puts an escalation that nobody has acknowledged before everything, even before an offer', () => {
    const line = nextLine({ ...nothing, state: 'escalated', nextAction: { kind: 'acknowledge', dueAt: inSeconds(30) }, offers: [offer('A', 5)], escalation: escalation(null) }, now);
    expect(line).toMatchObject({ key: 'acknowledge', tone: 'act' });
  });

  it('says that supervisors are paged on after somebody at the desk took an escalation', () => {
    const taken = { ...nothing, state: 'escalated', escalation: escalation(inSeconds(-60)), nextAction: { kind: 'acknowledge', dueAt: inSeconds(60) } };
    expect(nextLine(taken, now)).toMatchObject({ key: 'supervisor-acknowledges', tone: 'soon' });
  });

  it('asks for the confirmed contact once somebody has it, and aloud when that is overdue', () => {
    const facts = { ...nothing, state: 'escalated', escalation: escalation(inSeconds(-60)) };
    expect(nextLine({ ...facts, nextAction: { kind: 'confirm-contact', dueAt: inSeconds(60) } }, now)).toMatchObject({ key: 'confirm-contact', tone: 'soon' });
    expect(nextLine({ ...facts, nextAction: { kind: 'confirm-contact', dueAt: inSeconds(-31) } }, now)).toMatchObject({ key: 'confirm-contact', tone: 'act' });
  });

  it('says overdue after half a minute, not before', () => {
    const facts = { ...nothing, state: 'searching' };
    expect(nextLine({ ...facts, nextAction: { kind: 'match', dueAt: inSeconds(-30) } }, now).key).toBe('match');
    expect(nextLine({ ...facts, nextAction: { kind: 'match', dueAt: inSeconds(-31) } }, now)).toMatchObject({ key: 'overdue', tone: 'act' });
  });

  it('names who leads', () => {
    const assignment = { peerName: 'Sam T.' } as StaffAssignmentView;
    const line = nextLine({ ...nothing, state: 'assigned', assignment, nextAction: { kind: 'make-contact', dueAt: inSeconds(100) } }, now);
    expect(line).toMatchObject({ key: 'make-contact', words: { name: 'Sam T.' } });
  });

  it('is never empty: a kind this page does not know still shows when it is due', () => {
    expect(nextLine({ ...nothing, state: 'searching', nextAction: { kind: 'brand-new', dueAt: inSeconds(5) } }, now)).toMatchObject({ key: 'other', dueAt: inSeconds(5) });
    expect(nextLine({ ...nothing, state: 'closed', nextAction: null }, now).key).toBe('state-closed');
  });
});
