/**
 * Where a notice leads: to the page where the thing is done, and no address says more than the notice itself. Whatever
 * waits in the inbox, its letters lead to the same page, which shows what it is to its owner alone.
 */
export function pathOf(kind: string): string {
  switch (kind) {
    case 'inbox':
      return '/inbox';
    case 'sign-in-reset':
      return '/account';
    case 'page':
      return '/supervisor';
    case 'offer':
      // The page is told that a notice asked for it: what it asked may be over by now (peer/use-tapped-notice.ts).
      return '/peer#asked';
    case 'follow-up':
      return '/peer/work';
    default:
      return '/peer';
  }
}
