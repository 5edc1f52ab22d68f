import { lazy, Suspense, type ReactElement } from 'react';
import { Outlet } from 'react-router';
import { useMe } from './session.js';

const DeskWatch = lazy(async () => ({ default: (await import('../board/desk-watch.js')).DeskWatch }));

/** Around every page that coordinators and supervisors may be on: whatever they look at, an alarm finds them. */
export function Desk(): ReactElement {
  const { roles } = useMe().account;
  const watches = roles.includes('coordinator') || roles.includes('supervisor');
  return (
    <>
      {watches && <Suspense fallback={null}><DeskWatch /></Suspense>}
      <Outlet />
    </>
  );
}
