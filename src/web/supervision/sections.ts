import type { Role } from '../api/types.js';

/** The pages of supervision, in the order of the menu, and who has something to do there. */
export const SECTIONS = [
  { path: '/supervisor', word: 'supervise.title', roles: ['supervisor'] },
  { path: '/supervisor/peers', word: 'supervision.peers.title', roles: ['supervisor'] },
  { path: '/supervisor/cases', word: 'wellness.cases.title', roles: ['supervisor', 'supervisor-lead'] },
  { path: '/supervisor/relapse-policies', word: 'relapsePolicy.title', roles: ['supervisor', 'supervisor-lead'] },
  { path: '/supervisor/credentials', word: 'credentials.expiring.link', roles: ['supervisor'] },
  { path: '/supervisor/check-figures', word: 'supervision.figures.title', roles: ['supervisor'] },
  { path: '/supervisor/appoint', word: 'supervision.appoint.title', roles: ['supervisor-lead'] },
] as const satisfies readonly { path: string; word: string; roles: readonly Role[] }[];
