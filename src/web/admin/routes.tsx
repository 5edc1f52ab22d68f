import { Navigate, type RouteObject } from 'react-router';

const programme = () => import('./programmes/programme-page.js');
const peer = () => import('./peers/peer-page.js');

/** Each page is loaded when somebody opens it. */
export const adminRoutes: RouteObject[] = [
  {
    path: '/admin',
    lazy: async () => ({ Component: (await import('./admin.js')).Admin }),
    children: [
      { index: true, element: <Navigate to="/admin/programmes" replace /> },
      { path: 'programmes', lazy: async () => ({ Component: (await import('./programmes/programmes-page.js')).ProgrammesPage }) },
      { path: 'programmes/new', lazy: async () => ({ Component: (await programme()).NewProgrammePage }) },
      { path: 'programmes/areas', lazy: async () => ({ Component: (await import('./programmes/areas-page.js')).AreasPage }) },
      { path: 'programmes/:id', lazy: async () => ({ Component: (await programme()).ProgrammePage }) },
      { path: 'on-call', lazy: async () => ({ Component: (await import('./on-call/on-call-page.js')).OnCallPage }) },
      { path: 'peers', lazy: async () => ({ Component: (await import('./peers/peers-page.js')).PeersPage }) },
      { path: 'peers/new', lazy: async () => ({ Component: (await peer()).NewPeerPage }) },
      { path: 'peers/:id', lazy: async () => ({ Component: (await peer()).PeerRecordPage }) },
      { path: 'catalogue', lazy: async () => ({ Component: (await import('./catalogue/catalogue-page.js')).CataloguePage }) },
      { path: 'policies', lazy: async () => ({ Component: (await import('./policies/policies-page.js')).PoliciesPage }) },
      { path: 'policies/care/:scope', lazy: async () => ({ Component: (await import('./policies/versions-page.js')).VersionsPage }) },
      { path: 'policies/care/:scope/change', lazy: async () => ({ Component: (await import('./policies/change-page.js')).ChangePolicyPage }) },
      { path: 'policies/:scope', lazy: async () => ({ Component: (await import('./policies/versions-page.js')).VersionsPage }) },
      { path: 'policies/:scope/change', lazy: async () => ({ Component: (await import('./policies/change-page.js')).ChangePolicyPage }) },
      { path: 'relapse-policies', lazy: async () => ({ Component: (await import('../wellness/policies-page.js')).RelapsePoliciesPage }) },
      { path: 'gates', lazy: async () => ({ Component: (await import('./gates/gates-page.js')).GatesPage }) },
      { path: 'accounts', lazy: async () => ({ Component: (await import('./accounts/accounts-page.js')).AccountsPage }) },
      { path: 'accounts/new', lazy: async () => ({ Component: (await import('./accounts/invite-page.js')).InvitePage }) },
      { path: 'accounts/:id', lazy: async () => ({ Component: (await import('./accounts/account-page.js')).AccountPage }) },
      { path: 'api-keys', lazy: async () => ({ Component: (await import('./api-keys/api-keys-page.js')).ApiKeysPage }) },
    ],
  },
];
