/** What the auditor finds where all is well. */
export const WELL = { overdueRequests: 0, failingRequests: 0, doubleLeads: 0, openPastClosing: 0, unpagedAlarms: 0, overdueObligations: 0, failingObligations: 0 };
