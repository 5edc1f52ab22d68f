import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { Confirmations } from './confirmations.js';
import { wellnessQueries } from './queries.js';
import { momentWords } from './words.js';
import styles from './wellness.module.css';

/** Behind their own door: the cases of one's own peers. Each look is shown to the peer, and the page says so. */
export function CasesPage(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  useTitle(t('wellness.cases.title'), me);
  const roles = me.account.roles as readonly string[];
  const supervises = roles.includes('supervisor');
  const { data, error } = useQuery({ ...wellnessQueries.cases(), enabled: supervises });
  return (
    <div className={styles.page}>
      <h1>{t('wellness.cases.title')}</h1>
      <p>{t('wellness.cases.help')}</p>
      {supervises && <Confirmations />}
      {roles.includes('supervisor-lead') && <Overdue />}
      {supervises && !data && (error ? <ProblemNote fault={error} at="desk" /> : <p aria-busy="true">{t('page.loading')}</p>)}
      {data?.length === 0 && <p className={styles.dim}>{t('wellness.cases.none')}</p>}
      <ul className={styles.list}>
        {data?.map((held) => (
          <li key={held.id}>
            <Link to={`/supervisor/cases/${held.id}`} className={styles.back}>{held.name}</Link> · {t(`wellness.state.${held.state}`)}
            <p className={styles.dim}>
              {[
                t(`wellness.as.${held.as}`), held.toldAt === null ? t('wellness.cases.untold') : '', held.state !== 'closed' && !held.contactMadeAt ? t('wellness.contactBy', { when: momentWords(held.contactDueAt) }) : '',
                held.appealOpen ? t('wellness.cases.appeal') : '', held.reviewAt ? t('wellness.reviewOn', { when: momentWords(held.reviewAt) }) : '',
              ].filter(Boolean).join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A lead sees that somebody waits, and who was to be in touch. */
function Overdue(): ReactElement | null {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data = [], error } = useQuery(wellnessQueries.overdue());
  const made = useAction<unknown, string>((id) => ({ path: `/wellness/overdue-contacts/${id}/made` }), { done: () => void client.invalidateQueries({ queryKey: ['overdue-contacts'] }) });
  if (data.length === 0) return <ProblemNote fault={error} at="desk" />;
  return (
    <section className={styles.box}>
      <h2>{t('wellness.overdue.title')}</h2>
      <p>{t('wellness.overdue.help')}</p>
      <ProblemNote fault={made.error} at="desk" />
      <ul className={styles.list}>
        {data.map((held) => (
          <li key={held.id}>
            <strong>{held.name}</strong>
            <p className={styles.dim}>{t('wellness.overdue.line', { when: momentWords(held.contactDueAt), people: [held.supervisor, held.deputy].filter(Boolean).join(', ') || '–' })}</p>
            <Button mih={44} variant="default" loading={made.isPending} onClick={() => made.mutate(held.id)}>{t('wellness.acts.contact')}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
