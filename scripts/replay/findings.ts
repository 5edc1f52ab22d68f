/** From what was seen to what is said about it. Pure. */
import { spreadOf, type Spread } from './figures.js';
import type { Ledger } from './ledger.js';
import { recordedWaitMs, type DispatchRecord } from './records.js';
import { hadTwoLeads, verdictOf } from './verdict.js';
import type { TimelineItem } from './views.js';
import type { FinalLook } from './watch.js';

interface Fault {
  readonly requestId: string;
  readonly line: number;
  readonly why: string;
}

export interface Findings {
  readonly posted: number;
  readonly taken: number;
  readonly offeredRequests: number;
  readonly offers: number;
  readonly accepted: number;
  readonly escalated: number;
  readonly openAtTheEnd: number;
  readonly lost: readonly Fault[];
  readonly double: readonly Fault[];
  /** Request → accepted, of those accepted, in milliseconds as the server stamped them. */
  readonly waits: Spread | null;
  readonly offersPerRequest: Spread | null;
  /** Request → dispatch as people recorded it, of the same records. */
  readonly recordedWaits: Spread | null;
}

export function findingsOf(ledger: Ledger, looks: readonly FinalLook[], posted: readonly DispatchRecord[]): Findings {
  const lost: Fault[] = [];
  const double: Fault[] = [];
  const waits: number[] = [];
  const offerCounts: number[] = [];
  let openAtTheEnd = 0;
  let accepted = 0;
  let escalated = 0;
  for (const look of looks) {
    const { requestId, view, timeline } = look;
    const fault = { requestId, line: ledger.takenFrom.get(requestId)?.line ?? 0 };
    const verdict = verdictOf(
      view && { state: view.state, nextActionDueAt: view.nextAction?.dueAt ?? null },
      look.serverNowMs,
    );
    if (verdict.kind === 'lost') lost.push({ ...fault, why: verdict.why });
    if (verdict.kind === 'open-with-next-step') openAtTheEnd += 1;
    const leads = ledger.leadsOf(requestId);
    if (hadTwoLeads(leads)) double.push({ ...fault, why: `${leads.length} leads, two at once` });
    else if (timeline && mostLeadsAtOnce(timeline) > 1) double.push({ ...fault, why: 'its timeline shows two leads at once' });
    const receivedAtMs = Date.parse(view?.receivedAt ?? '');
    const acceptedAtMs = firstAcceptMs(leads.map((lead) => lead.fromMs), timeline);
    if (acceptedAtMs !== null) accepted += 1;
    if (acceptedAtMs !== null && !Number.isNaN(receivedAtMs)) waits.push(acceptedAtMs - receivedAtMs);
    offerCounts.push(timeline?.filter(({ type }) => type === 'offer.made').length ?? view?.offers.length ?? 0);
    if (ledger.everEscalated.has(requestId) || timeline?.some(({ type }) => type === 'request.escalated')) escalated += 1;
  }
  const offered = offerCounts.filter((count) => count > 0);
  return {
    posted: posted.length,
    taken: ledger.takenFrom.size,
    offeredRequests: offered.length,
    offers: offered.reduce((sum, count) => sum + count, 0),
    accepted,
    escalated,
    openAtTheEnd,
    lost,
    double,
    waits: spreadOf(waits),
    offersPerRequest: spreadOf(offered),
    recordedWaits: spreadOf(posted.map(recordedWaitMs).filter((wait) => wait !== null)),
  };
}

function firstAcceptMs(seen: readonly number[], timeline: readonly TimelineItem[] | null): number | null {
  const told = timeline?.find(({ type }) => type === 'request.assigned' || type === 'offer.accepted');
  const all = [...seen, ...(told ? [Date.parse(told.at)] : [])];
  return all.length === 0 ? null : Math.min(...all);
}

/** Leads live at once by the request's own timeline, which is in the order things became true. */
export function mostLeadsAtOnce(timeline: readonly TimelineItem[]): number {
  let live = 0;
  let most = 0;
  for (const { type } of timeline) {
    if (type === 'request.assigned') live += 1;
    if (type === 'assignment.ended') live = Math.max(0, live - 1);
    most = Math.max(most, live);
  }
  return most;
}
