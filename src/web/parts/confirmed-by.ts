import type { ConfirmContactDto } from '../../requests/contract.js';

/** Who confirms that help is there, by one tap; anybody else by what the desk calls them. */
export const BY_TAP = ['988', '911', 'mobile-team', 'clinician', 'partner', 'supervisor'] as const satisfies readonly ConfirmContactDto['by'][];
