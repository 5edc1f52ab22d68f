import type { ConsultView } from '../../dispatch/contract.js';
import type { PageToTakeView } from '../../dispatch/supervision.contract.js';

/** One thing that waits for a supervisor's yes. */
export type Decision =
  | { readonly kind: 'page'; readonly id: string; readonly since: string; readonly page: PageToTakeView }
  | { readonly kind: 'consult'; readonly id: string; readonly since: string; readonly consult: ConsultView };

/** Pages first, in the server's order, the gravest on top; then who asks for advice, the longest waiting on top. */
export function decisionsOf(pages: readonly PageToTakeView[], consults: readonly ConsultView[]): Decision[] {
  const asked = consults.filter(({ state }) => state === 'open').toSorted((a, b) => a.askedAt.localeCompare(b.askedAt));
  return [
    ...pages.map((page) => ({ kind: 'page' as const, id: page.id, since: page.since, page })),
    ...asked.map((consult) => ({ kind: 'consult' as const, id: consult.id, since: consult.askedAt, consult })),
  ];
}

/** The one in sight: what somebody chose while it is still there, unless a graver page has come since; else the first. */
export function inSight(decisions: readonly Decision[], chosen: { readonly id: string; readonly before: string | null } | null): Decision | null {
  const first = decisions[0] ?? null;
  if (!chosen || first?.id !== chosen.before) return first;
  return decisions.find(({ id }) => id === chosen.id) ?? first;
}
