import type { CarePolicy } from '../../src/programmes/domain/care-policy.js';

/** No rest, no caps to speak of, nothing asked for: for tests of something else, in which one peer takes one contact after the other. */
export const EASY_CARE: CarePolicy = {
  rest: { afterContactMinutes: 0, afterHighAcuityMinutes: 0, afterHardMinutes: 0 },
  exposure: { contactsPerShift: 50, minutesPerShift: 720, highAcuityInARow: 20, highAcuityPerShift: 50 },
  hours: { breakEveryMinutes: 120, breakMinutes: 5, shiftWarnHours: 12, shiftHours: 12, restBetweenHours: 10 },
  ratio: { peersPerSupervisor: 8, enforced: false },
  supervision: {
    cadenceDays: { 'clinical-guidance': 730, 'managerial-oversight': 730, orientation: 730, training: 730, 'emotional-support': 730 },
    newPeerDays: 0, newPeerCadenceDays: 90, graceDays: 30,
  },
  criticalCheckInHours: [24, 72, 168, 720],
  requirements: { training: [], byAcuity: {}, certification: false },
};
