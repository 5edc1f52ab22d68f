import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { queries } from '../api/queries.js';
import { language } from '../i18n.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Shown } from '../parts/shown.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { serverNow } from '../time/now.js';
import styles from './credentials.module.css';
import { daysLeft, lastDayWords } from './dates.js';
import { PeerCredentials } from './peer-credentials.js';
import { credentialQueries } from './queries.js';

/** What ends within 90 days among the peers of one's programmes, and the way to each of them. */
export function ExpiringPage(): ReactElement {
  const { t } = useTranslation();
  useTitle(t('credentials.expiring.link'), useMe());
  return (
    <div className={styles.staff}>
      <h1>{t('credentials.expiring.title')}</h1>
      <p className={styles.quiet}>{t('credentials.expiring.help')}</p>
      <Expiring />
      <Peers />
    </div>
  );
}

function Expiring(): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const asked = useQuery(credentialQueries.expiring());
  return (
    <Shown asked={asked}>
      {(ending) => (ending.length === 0 ? <p>{t('credentials.expiring.none')}</p> : (
        <ul className={styles.list}>
          {ending.map(({ id, personId, name, code, expiresAt }) => (
            <li key={id} className={styles.line}>
              <Link to={`/supervisor/credentials/${personId}`} className={styles.open}>{name}</Link>
              <span className={styles.until}>{t('credentials.expiring.days', { count: daysLeft(expiresAt, serverNow()) })}</span>
              <span className={styles.facts}>{t('credentials.expiring.line', { what: labels.of('credentials', code), date: lastDayWords(expiresAt, language()) })}</span>
            </li>
          ))}
        </ul>
      ))}
    </Shown>
  );
}

function Peers(): ReactElement {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const { data: found, error } = useQuery(queries.peersNamed(search.trim()));
  return (
    <section aria-labelledby="peers-title">
      <h2 id="peers-title">{t('credentials.expiring.peers')}</h2>
      <p className={styles.quiet}>{t('credentials.expiring.peersHelp')}</p>
      <TextInput label={t('credentials.expiring.search')} type="search" value={search} maxLength={80} onChange={(event) => setSearch(event.currentTarget.value)} />
      <ProblemNote fault={error} at="desk" />
      {found?.length === 0 && <p>{t('common.nothingFound')}</p>}
      <ul className={styles.list}>
        {found?.map(({ id, name }) => <li key={id} className={styles.line}><Link to={`/supervisor/credentials/${id}`} className={styles.open}>{name}</Link></li>)}
      </ul>
    </section>
  );
}

/** One peer, as their supervisors see what they hold. */
export function PeerCredentialsPage(): ReactElement {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: peer } = useQuery(credentialQueries.peer(id));
  useTitle(t('credentials.expiring.link'), useMe());
  return (
    <div className={styles.staff}>
      <Link to="/supervisor/credentials" className={styles.back}>{t('credentials.expiring.back')}</Link>
      <h1>{peer?.name ?? t('credentials.expiring.open')}</h1>
      <h2>{t('credentials.staff.title')}</h2>
      <p className={styles.quiet}>{t('credentials.staff.help')}</p>
      <PeerCredentials personId={id} />
    </div>
  );
}
