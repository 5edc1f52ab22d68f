/** The pages of administration, in the order of the menu; each is a lazy route in routes.tsx. */
export const SECTIONS = [
  { path: '/admin/programmes', word: 'programmes' },
  { path: '/admin/on-call', word: 'onCall' },
  { path: '/admin/peers', word: 'peers' },
  { path: '/admin/accounts', word: 'accounts' },
  { path: '/admin/catalogue', word: 'catalogue' },
  { path: '/admin/policies', word: 'policies' },
  { path: '/admin/relapse-policies', word: 'relapsePolicies' },
  { path: '/admin/gates', word: 'gates' },
  { path: '/admin/api-keys', word: 'apiKeys' },
] as const;
