import { describe, expect, it } from '@jest/globals';
import { after } from '../../platform/time.js';
import { attention, isWell, type LateRequest } from './audit.js';

const NOW = new Date(Date.UTC(2026, 2, 2, 18));
const late = (failures: number, shownSecondsAgo: number | null): LateRequest => ({
  requestId: 'r', programmeId: 'p', failures, shownAt: shownSecondsAgo === null ? null : after(NOW, -shownSecondsAgo * 1_000),
});

describe('a late request', () => {
  it.each<[string, LateRequest, string]>([
    ['is shown first', late(0, null), 'show'],
    ['is shown after two failures', late(2, null), 'show'],
    ['pages at once after five failures', late(5, null), 'page'],
    ['pages after five failures though it was only shown before', late(5, 1), 'page'],
    ['is left to the next round for thirty seconds', late(0, 29), 'leave'],
    ['pages when no round mends it', late(0, 30), 'page'],
    ['pages when it failed once and no round mends it', late(1, 30), 'page'],
    ['that keeps failing pages by its failures, not by the clock', late(4, 300), 'leave'],
  ])('%s', (_, request, what) => expect(attention(request, NOW)).toBe(what));
});

describe('a deployment', () => {
  const none = { overdueRequests: 0, failingRequests: 0, doubleLeads: 0, openPastClosing: 0, unpagedAlarms: 0, overdueObligations: 0, failingObligations: 0 };
  it('is well when nothing is found', () => expect(isWell(none)).toBe(true));
  it.each(Object.keys(none))('is not well with one of %s', (finding) => expect(isWell({ ...none, [finding]: 1 })).toBe(false));
});
