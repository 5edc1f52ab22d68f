import type { Role } from '../../access/domain/principal.js';

export interface Listener {
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly programmeIds: ReadonlySet<string>;
}

/** Whom an event is meant for. */
export interface Addressed {
  readonly programmeId: string | null;
  readonly personId: string | null;
  readonly staff: boolean;
}

const STAFF: readonly Role[] = ['coordinator', 'supervisor'];

/**
 * One's own always; as staff, those of one's programmes that are meant for staff; as an admin, those that belong to no
 * programme, such as changes of accounts. Nothing about another peer reaches a peer.
 */
export function hears(listener: Listener, event: Addressed): boolean {
  if (event.personId === listener.personId) return true;
  if (!event.staff) return false;
  if (event.programmeId === null) return listener.roles.includes('admin');
  return listener.roles.some((role) => STAFF.includes(role)) && listener.programmeIds.has(event.programmeId);
}
