import type { StaffRequestView } from '../../dispatch/contract.js';

/** `act`: a person must act now. `soon`: will need somebody before long. `calm`: the engine is on it. */
type Tone = 'act' | 'soon' | 'calm';

/** What happens next with a request, as a sentence's key, its words, and the moment it is due. */
export interface NextLine {
  readonly key: string;
  readonly words: Readonly<Record<string, string | number>>;
  readonly dueAt: string | null;
  readonly tone: Tone;
}

/** What is overdue by less than this is on its way; later than this it is said aloud. */
const GRACE_MS = 30_000;

type Facts = Pick<StaffRequestView, 'state' | 'nextAction' | 'offers' | 'assignment' | 'escalation'>;

export function nextLine(request: Facts, nowMs: number): NextLine {
  const { nextAction, escalation } = request;
  const dueAt = nextAction?.dueAt ?? null;
  // The next step is the earliest of all that are owed; another one's time must not stand behind the page's words.
  if (escalation && escalation.closedAt === null && escalation.acknowledgedAt === null) {
    return nextAction?.kind === 'acknowledge' ? { key: 'acknowledge', words: {}, dueAt, tone: 'act' } : { key: 'pages-go-on', words: {}, dueAt: null, tone: 'act' };
  }
  if (nextAction?.kind === 'acknowledge') return { key: 'supervisor-acknowledges', words: {}, dueAt, tone: 'soon' };
  if (nextAction?.kind === 'confirm-contact') return { key: 'confirm-contact', words: {}, dueAt, tone: isOverdue(dueAt, nowMs) ? 'act' : 'soon' };
  if (nextAction === null) return { key: `state-${request.state}`, words: {}, dueAt: null, tone: 'calm' };
  if (isOverdue(dueAt, nowMs)) return { key: 'overdue', words: {}, dueAt, tone: 'act' };

  const asked = request.offers.filter((offer) => offer.status === 'pending');
  const [first] = asked.toSorted((a, b) => a.expiresAt.localeCompare(b.expiresAt));
  if (first) {
    return asked.length === 1
      ? { key: 'asking-one', words: { name: first.peerName }, dueAt: first.expiresAt, tone: 'calm' }
      : { key: 'asking-many', words: { count: asked.length }, dueAt: first.expiresAt, tone: 'calm' };
  }
  const name = request.assignment?.peerName ?? '';
  return { key: KNOWN.has(nextAction.kind) ? nextAction.kind : 'other', words: { name }, dueAt, tone: toneOf(nextAction.kind) };
}

const KNOWN = new Set(['triage', 'match', 'offer-closes', 'wait', 'retry', 'make-contact', 'check-in-on-contact', 'safety-check', 'close-out', 'begin']);

function toneOf(kind: string): Tone {
  return kind === 'retry' || kind === 'triage' ? 'soon' : 'calm';
}

function isOverdue(dueAt: string | null, nowMs: number): boolean {
  return dueAt !== null && nowMs - Date.parse(dueAt) > GRACE_MS;
}
