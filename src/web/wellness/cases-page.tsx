import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseSummaryView } from '../../wellness/contract.js';
import { Shown } from '../parts/shown.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { Confirmations, ReviewsDue } from './confirmations.js';
import { WhatHasComeToLeads } from './for-leads.js';
import { useRead, wellnessQueries } from './queries.js';
import { momentWords } from './words.js';
import styles from './wellness.module.css';

/** Behind their own door: the cases of one's own peers. Each look is shown to the peer, and the page says so. */
export function CasesPage(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  useTitle(t('wellness.cases.title'), me);
  const roles = me.account.roles as readonly string[];
  const supervises = roles.includes('supervisor');
  const cases = useQuery({ ...wellnessQueries.cases(), enabled: supervises });
  useRead(cases.data);
  return (
    <div className={styles.page}>
      <h1>{t('wellness.cases.title')}</h1>
      <p>{t('wellness.cases.help')}</p>
      {supervises && <Confirmations />}
      {roles.includes('supervisor-lead') && <><ReviewsDue /><WhatHasComeToLeads /></>}
      {supervises && <Shown asked={cases}>{(held) => (held.length === 0 ? <p className={styles.dim}>{t('wellness.cases.none')}</p> : <Cases cases={held} />)}</Shown>}
    </div>
  );
}

function Cases({ cases }: { cases: readonly CaseSummaryView[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <ul className={styles.list}>
      {cases.map((held) => (
        <li key={held.id}>
          <Link to={`/supervisor/cases/${held.id}`} className={styles.back}>{held.name}</Link> · {t(`wellness.state.${held.state}`)}
          <p className={styles.dim}>
            {[
              t(`wellness.as.${held.as}`), held.toldAt === null ? t('wellness.cases.untold') : '', held.state !== 'closed' && !held.contactMadeAt && held.contactDueAt ? t('wellness.contactBy', { when: momentWords(held.contactDueAt) }) : '',
              held.appealDueAt ? t('wellness.cases.appeal', { when: momentWords(held.appealDueAt) }) : '', held.wordDueAt ? t('wellness.cases.word', { when: momentWords(held.wordDueAt) }) : '', held.reviewAt ? t('wellness.reviewOn', { when: momentWords(held.reviewAt) }) : '',
            ].filter(Boolean).join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
}
