import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { createBrowserRouter, Navigate } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { newQueryClient } from './api/queries.js';
import { Home, SignedIn } from './shell/session.js';
import { NotFound, PageFault } from './shell/page-fault.js';
import { PageLoading } from './shell/page-loading.js';

const STAFF = ['coordinator', 'supervisor'] as const;
const PEERS = ['peer'] as const;

const router = createBrowserRouter([
  {
    errorElement: <PageFault />,
    hydrateFallbackElement: <PageLoading />,
    children: [
      { path: '/', element: <SignedIn><Home /></SignedIn> },
      { path: '/sign-in', lazy: async () => ({ Component: (await import('./sign-in/sign-in.js')).SignIn }) },
      {
        element: <SignedIn roles={PEERS} />,
        children: [{ path: '/peer', lazy: async () => ({ Component: (await import('./peer/peer-page.js')).PeerPage }) }],
      },
      {
        element: <SignedIn roles={STAFF} />,
        children: [
          {
            path: '/board',
            lazy: async () => ({ Component: (await import('./board/board.js')).Board }),
            children: [{ path: 'new', lazy: async () => ({ Component: (await import('./intake/intake.js')).Intake }) }],
          },
          { path: '/requests/:id', lazy: async () => ({ Component: (await import('./request/request-page.js')).RequestPage }) },
        ],
      },
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
