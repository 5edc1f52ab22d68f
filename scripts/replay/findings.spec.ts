import { findingsOf, mostLeadsAtOnce } from './findings.js';
import { Ledger } from './ledger.js';
import type { DispatchRecord } from './records.js';
import { reportLines } from './report.js';
import type { AssignmentView, RequestView, TimelineItem } from './views.js';
import type { FinalLook } from './watch.js';

const T0 = Date.parse('2025-01-01T12:00:00Z');
const at = (seconds: number): string => new Date(T0 + seconds * 1000).toISOString();
const record = (line: number): DispatchRecord => ({
  line, caseId: String(line), city: '', requestedAtMs: 0, requestedOn: '', dispatchedAtMs: 12 * 60_000, arrivedAtMs: null,
  engagedAtMs: null, departedAtMs: null, reasons: [], endPoint: '', disposition: '',
});
const request = (id: string, change: Partial<RequestView>): RequestView => ({
  id, state: 'closed', receivedAt: at(0), nextAction: null, offers: [], assignment: null, escalation: null, ...change,
});
const lead = (id: string, requestId: string, from: number, until: number | null): AssignmentView => ({
  id, requestId, seat: 'lead', acceptedAt: at(from), contactMadeAt: null, endedAt: until === null ? null : at(until),
});
const timeline = (...lines: readonly [number, string][]): TimelineItem[] => lines.map(([seconds, type]) => ({ at: at(seconds), type }));
const look = (view: RequestView | null, requestId: string, items: TimelineItem[] | null): FinalLook => ({ requestId, view, timeline: items, serverNowMs: T0 + 100_000 });

function found(looks: readonly FinalLook[], prepare: (ledger: Ledger) => void = () => undefined) {
  const ledger = new Ledger();
  looks.forEach(({ requestId, view }, index) => ledger.took(record(index + 2), view ?? request(requestId, { state: 'searching' })));
  prepare(ledger);
  return { ledger, findings: findingsOf(ledger, looks, looks.map((_, index) => record(index + 2))) };
}

it('counts offers, accepts and escalations and measures waits as the server stamped them', () => {
  const items = timeline([0, 'request.received'], [1, 'offer.made'], [3, 'offer.declined'], [3, 'offer.made'], [5, 'offer.accepted'], [5, 'request.assigned'], [9, 'assignment.ended']);
  const { findings } = found([
    look(request('r1', { assignment: lead('a1', 'r1', 5, 9) }), 'r1', items),
    look(request('r2', { state: 'ended' }), 'r2', timeline([0, 'request.received'], [0, 'request.escalated'])),
  ]);
  expect(findings).toMatchObject({ posted: 2, taken: 2, offeredRequests: 1, offers: 2, accepted: 1, escalated: 1, lost: [], double: [] });
  expect(findings.waits).toMatchObject({ count: 1, p50: 5000 });
  expect(findings.recordedWaits).toMatchObject({ count: 2, p50: 12 * 60_000 });
});

it('finds two leads at once from what peers were told, even when the request shows only one of them', () => {
  const { findings } = found([look(request('r1', { assignment: lead('a2', 'r1', 6, 9) }), 'r1', [])], (ledger) => ledger.sawLead(lead('a1', 'r1', 5, 8)));
  expect(findings.double).toEqual([{ requestId: 'r1', line: 2, why: '2 leads, two at once' }]);
});

it('keeps the end of a lead once seen, though an older look comes later', () => {
  const { findings } = found([look(request('r1', { assignment: lead('a2', 'r1', 8, 9) }), 'r1', [])], (ledger) => {
    ledger.sawLead(lead('a1', 'r1', 5, 8));
    ledger.sawLead(lead('a1', 'r1', 5, null));
  });
  expect(findings.double).toEqual([]);
});

it('does not count a buddy as a second lead', () => {
  const { findings } = found([look(request('r1', { assignment: lead('a1', 'r1', 5, 9) }), 'r1', [])], (ledger) => ledger.sawLead({ ...lead('a2', 'r1', 5, 9), seat: 'buddy' }));
  expect(findings.double).toEqual([]);
});

it('reads two leads at once off the timeline', () => {
  expect(mostLeadsAtOnce(timeline([1, 'request.assigned'], [2, 'assignment.ended'], [3, 'request.assigned']))).toBe(1);
  expect(mostLeadsAtOnce(timeline([1, 'request.assigned'], [2, 'request.assigned']))).toBe(2);
});

it('says lost and double in its last two lines, and names each with line and reason', () => {
  const { ledger, findings } = found([
    look(null, 'r1', null),
    look(request('r2', { state: 'searching', nextAction: { kind: 'match', dueAt: at(0) } }), 'r2', null),
    look(request('r3', { state: 'searching', nextAction: { kind: 'match', dueAt: at(90) } }), 'r3', null),
  ]);
  const lines = reportLines({ title: 'Finished.', findings, ledger, badRows: [{ line: 9, why: 'requested_at is missing' }] });
  expect(lines.slice(-2)).toEqual(['lost 2', 'double 0']);
  expect(lines).toContain('  line 2, r1: the server does not show it');
  expect(lines).toContain('  line 3, r2: searching, its next step is overdue by 100 s');
  expect(lines).toContain('  line 9: requested_at is missing');
  expect(findings.openAtTheEnd).toBe(1);
});
