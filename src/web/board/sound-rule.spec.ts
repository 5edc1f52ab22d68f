import { describe, expect, it } from '@jest/globals';
import type { BoardAlarmView, StaffRequestView } from '../../dispatch/contract.js';
import { audible, soundBetween } from './sound-rule.js';

const board = (requests: [id: string, led: boolean][], alarms: [id: string, taken: boolean][] = []) => audible({
  requests: requests.map(([id, led], index) => ({ id, number: index + 1, assignment: led ? {} : null }) as StaffRequestView),
  alarms: alarms.map(([id, taken]) => ({ id, acknowledgedAt: taken ? '2025-05-12T20:00:00Z' : null }) as BoardAlarmView),
});

describe('what the desk hears', () => {
  it('is an alarm that is new, once', () => {
    expect(soundBetween(board([]), board([], [['a', false]]))).toEqual({ kind: 'alarm', number: null });
    expect(soundBetween(board([], [['a', false]]), board([], [['a', false]]))).toBeNull();
    expect(soundBetween(board([], [['a', false]]), board([], [['a', true]]))).toBeNull();
  });

  it('is the alarm when a request arrives with one', () => {
    expect(soundBetween(board([]), board([['r', false]], [['a', false]]))?.kind).toBe('alarm');
  });

  it('is a request that arrives, and one that a peer takes', () => {
    expect(soundBetween(board([]), board([['r', false]]))).toEqual({ kind: 'arrived', number: 1 });
    expect(soundBetween(board([['r', false]]), board([['r', true]]))).toEqual({ kind: 'taken', number: 1 });
    expect(soundBetween(board([['r', true]]), board([['r', false]]))).toBeNull();
  });

  it('is nothing but alarms when the page has just opened', () => {
    expect(soundBetween(null, board([['r', false]]))).toBeNull();
    expect(soundBetween(null, board([['r', false]], [['a', false]]))?.kind).toBe('alarm');
  });
});
