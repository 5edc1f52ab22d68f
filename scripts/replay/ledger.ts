import { Tally } from './figures.js';
import type { DispatchRecord } from './records.js';
import type { LeadSpan } from './verdict.js';
import type { AssignmentView, RequestView } from './views.js';

const SETTLED = ['ended', 'closed', 'cancelled'];

interface NotTaken {
  readonly record: DispatchRecord;
  readonly why: string;
}

/** All that the replay has seen, from every chair: the coordinator's, the supervisor's and each peer's. */
export class Ledger {
  readonly defaults = new Tally();
  /** Unexpected answers, by what was asked and what came. */
  readonly surprises = new Tally();
  readonly answers = new Tally();
  readonly notTaken: NotTaken[] = [];
  readonly attempted = new Set<DispatchRecord>();
  readonly takenFrom = new Map<string, DispatchRecord>();
  readonly everEscalated = new Set<string>();
  private readonly lastSeen = new Map<string, RequestView>();
  private readonly leads = new Map<string, Map<string, LeadSpan>>();

  took(record: DispatchRecord, view: RequestView): void {
    this.takenFrom.set(view.id, record);
    this.saw(view);
  }

  saw(view: RequestView): void {
    this.lastSeen.set(view.id, view);
    if (view.escalation) this.everEscalated.add(view.id);
    if (view.assignment) this.sawLead(view.assignment);
  }

  /** An assignment's end, once seen, is kept: a later look from another chair may be older. */
  sawLead(assignment: AssignmentView): void {
    if (assignment.seat !== 'lead') return;
    const spans = this.leads.get(assignment.requestId) ?? new Map<string, LeadSpan>();
    this.leads.set(assignment.requestId, spans);
    const endedAtMs = assignment.endedAt === null ? null : Date.parse(assignment.endedAt);
    spans.set(assignment.id, {
      assignmentId: assignment.id,
      fromMs: Date.parse(assignment.acceptedAt),
      untilMs: endedAtMs ?? spans.get(assignment.id)?.untilMs ?? null,
    });
  }

  lastLook(requestId: string): RequestView | null {
    return this.lastSeen.get(requestId) ?? null;
  }

  leadsOf(requestId: string): readonly LeadSpan[] {
    return [...(this.leads.get(requestId)?.values() ?? [])];
  }

  openIds(): readonly string[] {
    return [...this.lastSeen.values()].filter((view) => !SETTLED.includes(view.state)).map((view) => view.id);
  }
}
