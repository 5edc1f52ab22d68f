import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Role } from '../api/types.js';
import { OwnInbox } from '../peer/own-inbox.js';
import { SECTIONS } from '../supervision/sections.js';
import { wellnessQueries } from '../wellness/queries.js';
import { OwnBar } from './own-bar.js';
import { useMe } from './session.js';
import styles from './shell.module.css';
import { useTitle } from './title.js';

/** The pages a letter may be about, for those who have something to do there; the same for everybody of a role, whatever waits. */
const PLACES = [
  { path: '/peer/supervision', word: 'doors.supervision', roles: ['peer'] },
  { path: '/peer/policies', word: 'doors.policies', roles: ['peer'] },
  { path: '/peer/credentials', word: 'doors.credentials', roles: ['peer'] },
  { path: '/peer/wellness', word: 'doors.wellness', roles: ['peer'] },
  ...SECTIONS.filter(({ path }) => path !== '/supervisor/check-figures'),
  { path: '/admin/relapse-policies', word: 'relapsePolicy.title', roles: ['admin'] },
] as const satisfies readonly { path: string; word: string; roles: readonly Role[] }[];

/** Where every letter leads: what waits, in the words of any message, and the ways to where it is done. */
export function Inbox(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const { roles } = me.account;
  useTitle(t('inbox.title'), me);
  const isFor = (wanted: readonly Role[]): boolean => wanted.some((role) => roles.includes(role));
  return (
    <div>
      <OwnBar me={me} />
      <main className={styles.roleHome}>
        <h1>{t('inbox.title')}</h1>
        {isFor(['peer']) && <OwnInbox />}
        {isFor(['supervisor', 'supervisor-lead']) && <BehindTheDoor />}
        <p>{t('inbox.help')}</p>
        <ul className={styles.places}>{PLACES.filter((place) => isFor(place.roles)).map(({ path, word }) => <li key={path}><Link to={path}>{t(word)}</Link></li>)}</ul>
        <p><Link to="/">{t('page.home')}</Link></p>
      </main>
    </div>
  );
}

function BehindTheDoor(): ReactElement | null {
  const { t } = useTranslation();
  const { data: waits = false } = useQuery(wellnessQueries.waiting());
  return waits ? <p><Link to="/supervisor/cases">{t('ownInbox.open')}</Link></p> : null;
}
