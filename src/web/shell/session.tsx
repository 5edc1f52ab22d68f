import { useQuery } from '@tanstack/react-query';
import { createContext, lazy, Suspense, useContext, type ReactElement, type ReactNode } from 'react';
import { Navigate, Outlet } from 'react-router';
import { queries } from '../api/queries.js';
import type { Me, Role } from '../api/types.js';
import { LiveProvider } from '../live/live.js';
import { PlayBar } from '../play/play-bar.js';
import { Forbidden } from './page-fault.js';
import { PageLoading, PageUnreachable } from './page-loading.js';
import { ResetBar } from './reset-bar.js';

/** Loaded by the few who need it. */
const SetUpSecondFactor = lazy(async () => ({ default: (await import('../account/set-up-page.js')).SetUpSecondFactor }));

const MeContext = createContext<Me | null>(null);

/** Who is signed in; for use below `SignedIn` only. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('outside SignedIn');
  return me;
}

/** A page for those who are signed in and have one of `roles`; signing in again brings back here. */
export function SignedIn({ roles, children }: { roles?: readonly Role[]; children?: ReactNode }): ReactElement {
  const { data: me, error, refetch } = useQuery(queries.me());
  if (!me) return error ? <PageUnreachable onRetry={() => void refetch()} /> : <PageLoading />;
  if (me.secondFactor?.required && !me.secondFactor.on) return <Suspense fallback={<PageLoading />}><SetUpSecondFactor me={me} /></Suspense>;
  if (roles && !roles.some((role) => me.account.roles.includes(role))) return <MeContext value={me}><Forbidden /></MeContext>;
  return (
    <MeContext value={me}>
      <LiveProvider accountId={me.account.id}><PlayBar me={me} /><ResetBar me={me} />{children ?? <Outlet />}</LiveProvider>
    </MeContext>
  );
}

/** Where somebody begins: coordinators at the board, everybody else at the page of their own role. */
export function Home(): ReactElement {
  const me = useMe();
  const { roles } = me.account;
  if (roles.includes('coordinator')) return <Navigate to="/board" replace />;
  if (roles.includes('supervisor')) return <Navigate to="/supervisor" replace />;
  if (roles.includes('peer')) return <Navigate to="/peer" replace />;
  if (roles.includes('admin')) return <Navigate to="/admin" replace />;
  if (roles.includes('supervisor-lead')) return <Navigate to="/supervisor/appoint" replace />;
  return roles.length > 0 ? <Navigate to="/home" replace /> : <Forbidden />;
}
