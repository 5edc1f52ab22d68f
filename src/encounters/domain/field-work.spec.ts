import { makeContact, saySafe, setOut } from './field-work.js';

describe('setting out', () => {
  it.each([
    ['accepted', 'in-person', { kind: 'do' }],
    ['en-route', 'in-person', { kind: 'done' }],
    ['in-contact', 'in-person', { kind: 'done' }],
    ['handing-over', 'in-person', { kind: 'done' }],
    ['ended', 'in-person', { kind: 'refuse', code: 'assignment-ended' }],
    ['accepted', 'phone', { kind: 'refuse', code: 'not-in-person' }],
  ] as const)('when %s, %s', (state, contactKind, verdict) => expect(setOut({ state, contactKind })).toEqual(verdict));
});

describe('making contact', () => {
  it.each([
    ['accepted', 'lead', 'not-needed', { kind: 'do' }],
    ['en-route', 'lead', 'there', { kind: 'do' }],
    ['en-route', 'lead', 'wanted', { kind: 'refuse', code: 'buddy-missing' }],
    ['in-contact', 'lead', 'wanted', { kind: 'done' }],
    ['handing-over', 'lead', 'wanted', { kind: 'done' }],
    ['accepted', 'buddy', 'there', { kind: 'refuse', code: 'not-the-lead' }],
    ['ended', 'lead', 'there', { kind: 'refuse', code: 'assignment-ended' }],
  ] as const)('when %s as %s, buddy %s', (state, seat, buddy, verdict) => expect(makeContact({ state, seat, buddy })).toEqual(verdict));
});

describe('saying one is safe', () => {
  it.each([
    ['en-route', true, 'in-person', { kind: 'do' }],
    ['in-contact', true, 'in-person', { kind: 'do' }],
    ['accepted', false, 'in-person', { kind: 'done' }],
    ['ended', false, 'in-person', { kind: 'do' }],
    ['in-contact', false, 'phone', { kind: 'refuse', code: 'not-in-person' }],
  ] as const)('when %s, watched %s, %s', (state, watched, contactKind, verdict) => expect(saySafe({ state, watched, contactKind })).toEqual(verdict));
});
