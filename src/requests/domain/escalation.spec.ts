import { describe, expect, it } from '@jest/globals';
import { acknowledgement, gravest, type Escalation } from './escalation.js';

const AT = new Date(Date.UTC(2026, 2, 2, 18));

describe('an acknowledgement', () => {
  it.each([
    ['by the desk quiets the boards', null, null, false, 'boards'],
    ['by a second coordinator changes nothing', AT, null, false, 'nothing'],
    ['by a coordinator after a supervisor changes nothing', AT, AT, false, 'nothing'],
    ['by a supervisor stops the pages', null, null, true, 'supervisor'],
    ['by a supervisor stops the pages after a coordinator took it', AT, null, true, 'supervisor'],
    ['by a second supervisor changes nothing', AT, AT, true, 'nothing'],
  ] as const)('%s', (_, acknowledgedAt, supervisorAt, bySupervisor, what) => {
    expect(acknowledgement({ acknowledgedAt, supervisorAt }, bySupervisor)).toBe(what);
  });
});

describe('of several escalations', () => {
  const open = (cause: Escalation['cause'], minute: number) => ({ cause, openedAt: new Date(AT.getTime() + minute * 60_000) }) as Escalation;

  it('danger is shown before everything else', () => {
    expect(gravest([open('no-candidate', 0), open('imminent-danger', 5), open('coordinator', 1)])?.cause).toBe('imminent-danger');
  });
  it('the older of two alike is shown first', () => expect(gravest([open('lost-peer', 2), open('lost-peer', 1)])?.openedAt).toEqual(open('lost-peer', 1).openedAt));
  it('there may be none', () => expect(gravest([])).toBeNull());
});
