import { describe, expect, it } from '@jest/globals';
import { detailOf, summaryOf } from './timeline.js';

describe('a line of the timeline', () => {
  it('is a plain sentence with the name of the peer', () => {
    expect(summaryOf('gate.overridden', { gate: 'load-cap', personId: 'x' }, 'Jo M.')).toBe('The gate load cap was lifted for Jo M.');
    expect(summaryOf('offer.made', { round: 2 }, null)).toBe('A peer was asked (round 2)');
  });

  it('says that a gate was lifted, and no more, where it is not named', () => {
    expect([summaryOf('gate.overridden', { personId: 'x' }, 'Jo M.'), detailOf({ personId: 'x', overrideId: 'o' })]).toEqual(['A gate was lifted for Jo M.', {}]);
  });

  it('says who confirmed that help is there, and why an escalation is over otherwise', () => {
    expect(summaryOf('escalation.closed', { reason: 'contact-confirmed', by: 'mobile-team' }, null)).toBe('Escalation closed: mobile team confirmed that help is there');
    expect(summaryOf('escalation.closed', { reason: 'returned-to-search' }, null)).toBe('Escalation closed: returned to search');
    expect(detailOf({ requestId: 'r', reason: 'contact-confirmed', by: '911' })).toEqual({ reason: 'contact-confirmed', by: '911' });
  });

  it('does not tell that a peer knows the person', () => {
    const data = { requestId: 'r', personId: 'p', reason: 'known-person' };
    expect([summaryOf('assignment.ended', data, 'Jo M.'), detailOf(data)]).toEqual(['Assignment of Jo M. ended: handed back', { reason: 'handed-back' }]);
  });

  it('tells the codes and numbers of the event, and no ids', () => {
    expect(detailOf({ requestId: 'r', personId: 'p', gate: 'load-cap', round: 2, agreed: null, more: 'x' })).toEqual({ gate: 'load-cap', round: 2 });
  });
});
