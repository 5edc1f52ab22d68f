import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import icon from '../icon.svg';
import { NewVersion } from '../parts/new-version.js';
import { AccountMenu } from '../shell/account-menu.js';
import { DemoBadge } from '../shell/demo-badge.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import '../styles/desk.css';
import styles from './admin.module.css';
import { SECTIONS } from './sections.js';

/** What all pages of administration share: who and where one is, and the way to the others. */
export function Admin(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const { pathname } = useLocation();
  const here = SECTIONS.find(({ path }) => pathname.startsWith(path));
  useTitle(here ? t(`admin.nav.${here.word}`) : t('admin.title'), me);
  return (
    <div className={styles.page}>
      <a href="#admin-main" className="pd-skip">{t('admin.skip')}</a>
      <header className={styles.header}>
        <Link to="/admin" className={styles.brand}>
          <img src={icon} alt="" width={24} height={24} />
          <span className={styles.organisation}>{me.organisation?.name ?? t('product')}</span>
          <span className={styles.area}>{t('admin.title')}</span>
        </Link>
        <DemoBadge demo={me.organisation?.demo} />
        <span className={styles.push} />
        <AccountMenu />
      </header>
      <NewVersion />
      <div className={styles.body}>
        <nav className={styles.nav} aria-label={t('admin.title')}>
          {SECTIONS.map(({ path, word }) => <NavLink key={path} to={path} className={styles.navLink}>{t(`admin.nav.${word}`)}</NavLink>)}
        </nav>
        <SectionChoice current={here?.path ?? ''} />
        <main id="admin-main" className={styles.main} tabIndex={-1}><Outlet /></main>
      </div>
    </div>
  );
}

/** The same way on a narrow screen, where a list of links would push the page out of sight. */
function SectionChoice({ current }: { current: string }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <label className={styles.sectionChoice}>
      <span aria-hidden="true">{t('admin.section')}</span>
      <select aria-label={t('admin.section')} value={current} onChange={(event) => void navigate(event.currentTarget.value)}>
        {current === '' && <option value="">{t('admin.title')}</option>}
        {SECTIONS.map(({ path, word }) => <option key={path} value={path}>{t(`admin.nav.${word}`)}</option>)}
      </select>
    </label>
  );
}
