import { buddyNeed, endedByThePeer, END_REASONS, giveUp, HAND_OVER_CAUSES, isToldOfEnd, stateOf } from './assignment.js';

const AT = new Date('2026-03-02T18:00:00Z');
const accepted = { endedAt: null, contactMadeAt: null, handingOverAt: null, enRouteAt: null };

describe('an assignment', () => {
  it.each([
    [{}, 'accepted'],
    [{ enRouteAt: AT }, 'en-route'],
    [{ enRouteAt: AT, contactMadeAt: AT }, 'in-contact'],
    [{ contactMadeAt: AT, handingOverAt: AT }, 'handing-over'],
    [{ contactMadeAt: AT, handingOverAt: AT, endedAt: AT }, 'ended'],
  ])('with %j is %s', (since, state) => expect(stateOf({ ...accepted, ...since })).toBe(state));
});

describe('giving a request on', () => {
  it.each(HAND_OVER_CAUSES)('for %s ends the assignment before contact, and never drops a person in contact', (cause) => {
    expect(giveUp(accepted, cause)).toEqual({ kind: 'end', reason: cause });
    expect(giveUp({ ...accepted, contactMadeAt: AT }, cause)).toEqual({ kind: 'hand-over' });
  });

  it('changes nothing a second time', () => {
    expect(giveUp({ ...accepted, contactMadeAt: AT, handingOverAt: AT }, 'must-go')).toEqual({ kind: 'already' });
    expect(giveUp({ ...accepted, endedAt: AT }, 'must-go')).toEqual({ kind: 'already' });
  });

  it('lets a buddy go at once: the lead stays with the person', () => {
    expect(giveUp({ ...accepted, enRouteAt: AT }, 'must-go')).toEqual({ kind: 'end', reason: 'must-go' });
  });
});

describe('the second peer', () => {
  it.each([
    ['in-person', 'with-buddy', [], 'wanted'],
    ['in-person', 'with-buddy', ['lead'], 'wanted'],
    ['in-person', 'with-buddy', ['lead', 'buddy'], 'there'],
    ['in-person', 'with-team', ['lead'], 'not-needed'],
    ['in-person', 'solo-allowed', ['lead'], 'not-needed'],
    ['phone', 'with-buddy', ['lead'], 'not-needed'],
  ] as const)('%s under %s with %j is %s', (kind, rule, seats, need) => {
    expect(buddyNeed(kind, rule, seats.map((seat) => ({ seat })))).toBe(need);
  });
});

it('a peer proves to be there only by what they do themself', () => {
  expect(END_REASONS.filter(endedByThePeer)).toEqual(['closed', 'handed-back', 'known-person', 'beyond-scope', 'must-go']);
});

describe('an end somebody else brought about', () => {
  it('is told to its peer, and no end of their own is', () => {
    const told = END_REASONS.filter((reason) => isToldOfEnd(reason, endedByThePeer(reason)));
    expect(told.toSorted()).toEqual(['cancelled', 'contact-confirmed', 'handed-over', 'no-contact', 'withdrawn']);
    expect(isToldOfEnd('closed', false)).toBe(true);
  });
});
