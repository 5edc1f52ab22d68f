import { lazy, Suspense, useState, type ReactElement } from 'react';
import { AccountButton, useAccountName } from './account-button.js';
import { useMe } from './session.js';

const Opened = lazy(async () => ({ default: (await import('./account-menu.js')).AccountMenu }));

/** The account's menu, loaded by the tap that opens it: a phone with little network has the page before. */
export function LaterMenu(): ReactElement {
  const [wanted, want] = useState(false);
  const name = useAccountName(useMe());
  const button = <AccountButton name={name} aria-haspopup="menu" aria-expanded={false} onClick={() => want(true)} />;
  return wanted ? <Suspense fallback={button}><Opened openAtOnce /></Suspense> : button;
}
