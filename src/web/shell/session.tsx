import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, type ReactElement, type ReactNode } from 'react';
import { Navigate, Outlet } from 'react-router';
import { queries } from '../api/queries.js';
import type { Me, Role } from '../api/types.js';
import { LiveProvider } from '../live/live.js';
import { Forbidden } from './page-fault.js';
import { PageLoading, PageUnreachable } from './page-loading.js';

const MeContext = createContext<Me | null>(null);

/** Who is signed in; for use below `SignedIn` only. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('outside SignedIn');
  return me;
}

export function isStaff(me: Me): boolean {
  return me.account.roles.includes('coordinator') || me.account.roles.includes('supervisor');
}

/** A page for those who are signed in and have one of `roles`; signing in again brings back here. */
export function SignedIn({ roles, children }: { roles?: readonly Role[]; children?: ReactNode }): ReactElement {
  const { data: me, error, refetch } = useQuery(queries.me());
  if (!me) return error ? <PageUnreachable onRetry={() => void refetch()} /> : <PageLoading />;
  if (roles && !roles.some((role) => me.account.roles.includes(role))) return <MeContext value={me}><Forbidden /></MeContext>;
  return (
    <MeContext value={me}>
      <LiveProvider>{children ?? <Outlet />}</LiveProvider>
    </MeContext>
  );
}

/** Where somebody begins: coordinators and supervisors at the board, peers at their own page. */
export function Home(): ReactElement {
  const me = useMe();
  if (isStaff(me)) return <Navigate to="/board" replace />;
  return me.account.roles.includes('peer') ? <Navigate to="/peer" replace /> : <Forbidden />;
}
