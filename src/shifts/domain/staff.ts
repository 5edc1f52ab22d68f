import type { Account } from '../../access/domain/account.js';
import { DUTY_ROLES, type DutyRole } from './duty.js';

/** What somebody may serve as. */
export type Standing = Pick<Account, 'state' | 'roles'>;

const serves = ({ state, roles }: Standing, role: DutyRole): boolean => state === 'active' && roles.includes(role);

/**
 * Roles somebody may not serve in any more: whom they are with is handed over, since they cannot even open the page. What
 * a programme less means for a duty is the duty's shape (duty-shape.ts).
 */
export function rolesLost(before: Standing, after: Standing): DutyRole[] {
  return DUTY_ROLES.filter((role) => serves(before, role) && !serves(after, role));
}
