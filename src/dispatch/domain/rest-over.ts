import type { CarePolicy } from '../../programmes/domain/care-policy.js';
import { breakUntil, restsUntil, type Contact } from '../../supervision/domain/strain.js';

/** When the last rest or break of any of these programmes is over; null when none is, or while a contact goes on. */
export function restOver(contacts: readonly Contact[], care: readonly Pick<CarePolicy, 'rest' | 'hours'>[], now: Date): Date | null {
  if (contacts.some(({ until }) => until === null)) return null;
  const ends = care.flatMap(({ rest, hours }) => [restsUntil(contacts, rest), breakUntil(contacts, hours, now)]).flatMap((end) => (end instanceof Date ? [end.getTime()] : []));
  const last = Math.max(-Infinity, ...ends);
  return last > now.getTime() ? new Date(last) : null;
}
