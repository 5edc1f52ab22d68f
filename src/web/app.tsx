import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { createBrowserRouter, Navigate } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { adminRoutes } from './admin/routes.js';
import { newQueryClient } from './api/queries.js';
import { loadDeskWords, loadOwnWords } from './i18n.js';
import { Desk } from './shell/desk.js';
import { Home, SignedIn } from './shell/session.js';
import { NotFound, PageFault } from './shell/page-fault.js';
import { PageLoading } from './shell/page-loading.js';

const STAFF = ['coordinator', 'supervisor'] as const;
const SUPERVISION = ['supervisor', 'supervisor-lead'] as const;
const PAGED = ['coordinator', 'supervisor', 'supervisor-lead'] as const;
const PEERS = ['peer'] as const;
/** Their pages are to come; until then their home says so. */
const WITHOUT_PAGES = ['planner', 'privacy-officer'] as const;
const ADMINS = ['admin'] as const;

const router = createBrowserRouter([
  {
    errorElement: <PageFault />,
    hydrateFallbackElement: <PageLoading />,
    children: [
      { path: '/', element: <SignedIn><Home /></SignedIn> },
      { path: '/sign-in', lazy: async () => ({ Component: (await import('./sign-in/sign-in.js')).SignIn }) },
      { path: '/welcome', loader: loadDeskWords, lazy: async () => ({ Component: (await import('./account/welcome.js')).Welcome }) },
      { element: <SignedIn><Desk /></SignedIn>, loader: loadDeskWords, children: [{ path: '/account', lazy: async () => ({ Component: (await import('./account/account-page.js')).AccountPage }) }, { path: '/inbox', lazy: async () => ({ Component: (await import('./shell/inbox.js')).Inbox }) }] },
      {
        element: <SignedIn roles={PEERS} />,
        children: [
          {
            path: '/peer',
            lazy: async () => ({ Component: (await import('./peer/peer-page.js')).PeerPage }),
            children: [
              { path: 'work', lazy: async () => ({ Component: (await import('./peer/work.js')).Work }) },
              { path: 'away', lazy: async () => ({ Component: (await import('./peer/away.js')).Away }) },
              { path: 'limits', lazy: async () => ({ Component: (await import('./peer/limits.js')).Limits }) },
              { path: 'about', lazy: async () => ({ Component: (await import('./peer/about.js')).About }) },
              { path: 'supervision', loader: loadOwnWords, lazy: async () => ({ Component: (await import('./supervision/own-supervision.js')).OwnSupervision }) },
              { path: 'checks', loader: loadOwnWords, lazy: async () => ({ Component: (await import('./supervision/own-checks.js')).OwnChecks }) },
              { path: 'wellness', loader: loadOwnWords, lazy: async () => ({ Component: (await import('./wellness/own-wellness.js')).OwnWellness }) },
              { path: 'policies', loader: loadOwnWords, lazy: async () => ({ Component: (await import('./wellness/own-policies.js')).OwnPolicies }) },
              { path: 'credentials', loader: loadOwnWords, lazy: async () => ({ Component: (await import('./credentials/own-credentials.js')).OwnCredentials }) },
              { path: 'topics', loader: loadOwnWords, lazy: async () => ({ Component: (await import('./credentials/own-topics.js')).OwnTopics }) },
              { path: 'own-care', loader: loadOwnWords, lazy: async () => ({ Component: (await import('./credentials/own-care.js')).OwnCare }) },
              { path: 'more', lazy: async () => ({ Component: (await import('./peer/doors.js')).More }) },
              { path: 'settings', lazy: async () => ({ Component: (await import('./peer/settings.js')).Settings }) },
            ],
          },
        ],
      },
      {
        element: <SignedIn roles={STAFF}><Desk /></SignedIn>,
        loader: loadDeskWords,
        children: [
          {
            path: '/board',
            lazy: async () => ({ Component: (await import('./board/board.js')).Board }),
            children: [{ path: 'new', lazy: async () => ({ Component: (await import('./intake/intake.js')).Intake }) }],
          },
          { path: '/board/print', lazy: async () => ({ Component: (await import('./board/print-sheet.js')).PrintSheet }) },
          { path: '/requests/:id', lazy: async () => ({ Component: (await import('./request/request-page.js')).RequestPage }) },
        ],
      },
      {
        // Leads are paged as well; the page knows where their part is.
        element: <SignedIn roles={PAGED}><Desk /></SignedIn>,
        loader: loadDeskWords,
        children: [{ path: '/supervisor', lazy: async () => ({ Component: (await import('./supervisor/supervisor-page.js')).SupervisorPage }) }],
      },
      {
        element: <SignedIn roles={SUPERVISION} />,
        loader: loadDeskWords,
        children: [
          {
            lazy: async () => ({ Component: (await import('./supervision/area.js')).SupervisionArea }),
            children: [
              { path: '/supervisor/peers', lazy: async () => ({ Component: (await import('./supervision/peers-page.js')).PeersPage }) },
              { path: '/supervisor/peers/:id', lazy: async () => ({ Component: (await import('./supervision/peer-page.js')).SupervisedPeerPage }) },
              { path: '/supervisor/cases', lazy: async () => ({ Component: (await import('./wellness/cases-page.js')).CasesPage }) },
              { path: '/supervisor/cases/:id', lazy: async () => ({ Component: (await import('./wellness/case-page.js')).CasePage }) },
              { path: '/supervisor/relapse-policies', lazy: async () => ({ Component: (await import('./wellness/policies-page.js')).RelapsePoliciesPage }) },
              { path: '/supervisor/credentials', lazy: async () => ({ Component: (await import('./credentials/expiring-page.js')).ExpiringPage }) },
              { path: '/supervisor/credentials/:id', lazy: async () => ({ Component: (await import('./credentials/expiring-page.js')).PeerCredentialsPage }) },
              { path: '/supervisor/check-figures', lazy: async () => ({ Component: (await import('./supervision/check-figures-page.js')).CheckFiguresPage }) },
              { path: '/supervisor/appoint', lazy: async () => ({ Component: (await import('./supervision/appoint-page.js')).AppointPage }) },
            ],
          },
        ],
      },
      {
        element: <SignedIn roles={WITHOUT_PAGES} />,
        loader: loadDeskWords,
        children: [{ path: '/home', lazy: async () => ({ Component: (await import('./shell/role-home.js')).RoleHome }) }],
      },
      { element: <SignedIn roles={ADMINS}><Desk /></SignedIn>, loader: loadDeskWords, children: adminRoutes },
      { path: '/index.html', element: <Navigate to="/" replace /> },
      { path: '*', element: <NotFound /> },
    ],
  },
]);

const client = newQueryClient(() => {
  const here = router.state.location;
  if (here.pathname === '/sign-in') return;
  // Only a path of ours is kept, so that nothing typed or sealed can land in the address bar.
  void router.navigate(here.pathname === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here.pathname)}`, { replace: true });
});

export function App(): ReactElement {
  return (
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
