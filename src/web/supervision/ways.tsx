import { useEffect, useRef, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import { useMe } from '../shell/session.js';
import { MessageWaits } from './message-waits.js';
import { SECTIONS } from './sections.js';
import styles from './supervision.module.css';

/** From each page of supervision to the others, for those who have something to do there, and that a message waits. */
export function Ways(): ReactElement {
  const { t } = useTranslation();
  const { roles } = useMe().account;
  const mine = SECTIONS.filter((section) => section.roles.some((role) => roles.includes(role)));
  const { pathname } = useLocation();
  const here = mine.findLast(({ path }) => pathname.startsWith(path))?.path;
  const list = useRef<HTMLElement>(null);
  // On a phone the names are wider than the screen: the one we are at is brought into sight.
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>(`[href="${here}"]`);
    if (list.current && current) list.current.scrollLeft = current.offsetLeft - (list.current.clientWidth - current.clientWidth) / 2;
  }, [here]);
  return (
    <>
      <nav ref={list} className={styles.ways} aria-label={t('supervise.title')}>
        {mine.map(({ path, word }) => <NavLink key={path} to={path} end={path === '/supervisor'}>{t(word)}</NavLink>)}
      </nav>
      <MessageWaits />
    </>
  );
}
