import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries } from '../api/queries.js';
import { language } from '../i18n.js';
import { OwnBar } from './own-bar.js';
import { useMe } from './session.js';
import styles from './shell.module.css';
import { useTitle } from './title.js';

/** For roles whose work has no page yet: says so, and what there is, instead of "not for you". */
export function RoleHome(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const { data: programmes } = useQuery(queries.programmes());
  const names = new Intl.ListFormat(language()).format((programmes ?? []).map(({ name }) => name));
  const title = t('roleHome.title', { name: me.account.displayName ?? '' });
  useTitle(t('product'), me);
  return (
    <div>
      <OwnBar me={me} />
      <main className={styles.roleHome}>
        <h1>{title}</h1>
        {me.account.roles.includes('planner') && <p>{t('roleHome.planner')}</p>}
        {me.account.roles.includes('privacy-officer') && <p>{t('roleHome.privacy-officer')}</p>}
        <h2>{t('roleHome.now')}</h2>
        <ul>
          <li>{t('roleHome.settle')}</li>
          <li><Link to="/account">{t('roleHome.account')}</Link></li>
          {programmes && <li>{t(programmes.length > 0 ? 'roleHome.programmes' : 'roleHome.noProgrammes', { names })}</li>}
        </ul>
        <p className="pd-dim">{t('roleHome.more')}</p>
      </main>
    </div>
  );
}
