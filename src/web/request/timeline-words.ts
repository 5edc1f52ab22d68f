import type { TimelineItemView } from '../../dispatch/contract.js';

/** Where the word for a code of an event stands; `null` for a code that is not put into the sentence. */
export function wordKey(type: string, name: string, code: string | number): string | null {
  switch (name) {
    case 'cause': return `cause.${code}`;
    case 'tier': return `tier.${code}`;
    case 'gate': return `gate.${code}.name`;
    case 'agreed': return `agreedHow.${code}`;
    case 'acuity': return `acuity.${code}`;
    case 'by': return `confirmedBy.${code}`;
    case 'how': return `endedHow.${code}`;
    case 'state': return `followUpState.${code}`;
    case 'outcome': return type.startsWith('follow-up.') ? `attemptOutcome.${code}` : null;
    case 'reason': return type.startsWith('assignment.') ? `endReason.${code}` : type.startsWith('escalation.') ? `closeReason.${code}` : null;
    default: return null;
  }
}

/** Where the sentence of a line stands. Which gate was lifted is not told to everybody; a confirmation says whose it was. */
export function lineKey({ type, detail }: Pick<TimelineItemView, 'type' | 'detail'>): string {
  const unnamed = type === 'gate.overridden' && !('gate' in detail);
  const confirmed = type === 'escalation.closed' && 'by' in detail;
  return `event.${type.replace('.', '-')}${unnamed ? '-unnamed' : ''}${confirmed ? '-confirmed' : ''}`;
}

interface Folded {
  readonly item: TimelineItemView;
  /** How many more of the same came right before it. */
  readonly before: number;
}

/** Pages repeat each minute until somebody answers: one line says how many there were. */
export function folded(items: readonly TimelineItemView[]): Folded[] {
  const lines: Folded[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last && last.item.type === item.type && item.type.endsWith('.paged')) lines[lines.length - 1] = { item, before: last.before + 1 };
    else lines.push({ item, before: 0 });
  }
  return lines;
}
