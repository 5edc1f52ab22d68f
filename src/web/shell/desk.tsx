import { lazy, Suspense, type ReactElement } from 'react';
import { Outlet } from 'react-router';

const DeskWatch = lazy(async () => ({ default: (await import('../board/desk-watch.js')).DeskWatch }));

/** Around every page of coordinators and supervisors: whatever they look at, an alarm finds them. */
export function Desk(): ReactElement {
  return (
    <>
      <Suspense fallback={null}><DeskWatch /></Suspense>
      <Outlet />
    </>
  );
}
