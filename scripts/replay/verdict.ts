/** Was a request kept? Was it ever led by two people at once? Pure: it judges what was seen. */

interface SeenRequest {
  readonly state: string;
  readonly nextActionDueAt: string | null;
}

type Verdict =
  | { readonly kind: 'settled' }
  | { readonly kind: 'open-with-next-step' }
  | { readonly kind: 'lost'; readonly why: string };

const SETTLED = ['ended', 'closed', 'cancelled'];
const OPEN = ['received', 'triaged', 'searching', 'assigned', 'escalated'];
const GRACE_MS = 30_000;

/** `seen` is null when the server no longer answers for the request: a request nobody can show is lost. */
export function verdictOf(seen: SeenRequest | null, serverNowMs: number): Verdict {
  if (!seen) return { kind: 'lost', why: 'the server does not show it' };
  if (SETTLED.includes(seen.state)) return { kind: 'settled' };
  if (!OPEN.includes(seen.state)) return { kind: 'lost', why: `its state "${seen.state}" is not known` };
  if (seen.nextActionDueAt === null) return { kind: 'lost', why: `${seen.state} without a next step` };
  const overdueMs = serverNowMs - Date.parse(seen.nextActionDueAt);
  if (Number.isNaN(overdueMs)) return { kind: 'lost', why: `${seen.state}, its next step has no readable due time` };
  if (overdueMs > GRACE_MS) {
    return { kind: 'lost', why: `${seen.state}, its next step is overdue by ${Math.round(overdueMs / 1000)} s` };
  }
  return { kind: 'open-with-next-step' };
}

/** One lead's time on a request, from whoever saw it: the peer's own answers or the request itself. */
export interface LeadSpan {
  readonly assignmentId: string;
  readonly fromMs: number;
  /** null while nobody has seen it end. */
  readonly untilMs: number | null;
}

/** True when two different assignments of one request were live in the same instant. A hand-over may touch, not overlap. */
export function hadTwoLeads(spans: readonly LeadSpan[]): boolean {
  const byStart = [...spans].sort((a, b) => a.fromMs - b.fromMs);
  let latestEndMs = -Infinity;
  for (const span of byStart) {
    if (span.fromMs < latestEndMs) return true;
    latestEndMs = Math.max(latestEndMs, span.untilMs ?? Infinity);
  }
  return false;
}
