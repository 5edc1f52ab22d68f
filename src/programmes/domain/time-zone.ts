import { IANAZone } from 'luxon';

/** A place of the time-zone database, such as America/Los_Angeles; a bare offset would be wrong half of the year. */
export function isTimeZone(name: string): boolean {
  return /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+){1,2}$/.test(name) && IANAZone.isValidZone(name);
}
