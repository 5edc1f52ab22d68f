import { describe, expect, it } from '@jest/globals';
import type { MatchCandidateView, MatchView } from '../../dispatch/match.contract.js';
import { choicesOf, stepped, weighing } from './candidates.js';

const candidate = (personId: string, toLift: MatchCandidateView['toLift'] = []): MatchCandidateView => ({
  personId, name: `Peer ${personId}`, minutes: 0, terms: [], busy: toLift.length > 0, askedThisRound: false, toLift,
});
const match: MatchView = {
  seat: 'lead', supervisorCover: true, policyServes: true, policyVersion: 1, excluded: [], oneGateOff: [], waitingFor: { busy: 0, resting: 0, restingUntil: null },
  ranked: [candidate('busy', [{ gate: 'load-cap', mayLift: false }]), candidate('first'), candidate('second')],
  withReason: [candidate('man', [{ gate: 'gender-must', mayLift: true }])],
};
const peers = [{ id: 'first', name: 'Peer first' }, { id: 'away', name: 'Peer away' }];
const shown = (search: string, not: readonly string[] = []) => choicesOf(match, peers, search, new Set(not)).map(({ personId, standing }) => [personId, standing]);

describe('whom to assign by hand', () => {
  it('lists those who fit as the engine ranks them, then those a reason is needed for', () => {
    expect(shown('')).toEqual([['first', 'fits'], ['second', 'fits'], ['busy', 'with-reason'], ['man', 'with-reason']]);
  });

  it('finds anybody of the programme by name, each once, and says nothing more of them', () => {
    expect(shown('peer')).toContainEqual(['away', 'other']);
    expect(shown('fir')).toEqual([['first', 'fits']]);
    expect(shown('awa')).toEqual([['away', 'other']]);
  });

  it('leaves out who is there already', () => {
    expect(shown('', ['first'])).not.toContainEqual(['first', 'fits']);
  });

  it('moves with the arrow keys, and round again', () => {
    const choices = [{ personId: 'a' }, { personId: 'b' }];
    expect([stepped(choices, null, 1), stepped(choices, 'a', 1), stepped(choices, 'b', 1), stepped(choices, 'a', -1), stepped(choices, null, -1)]).toEqual(['a', 'b', 'a', 'b', 'b']);
    expect(stepped([], 'a', 1)).toBeNull();
  });

  it('explains with what weighs, for or against', () => {
    expect(weighing([{ term: 'fit', minutes: 0 }, { term: 'load', minutes: 10 }, { term: 'continuity', minutes: -10 }]).map(({ term }) => term)).toEqual(['load', 'continuity']);
  });
});
