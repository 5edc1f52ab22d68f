import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { Confirmations, ReviewsDue } from './confirmations.js';
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
  const { data, error } = useQuery({ ...wellnessQueries.cases(), enabled: supervises });
  useRead(data);
  return (
    <div className={styles.page}>
      <h1>{t('wellness.cases.title')}</h1>
      <p>{t('wellness.cases.help')}</p>
      {supervises && <Confirmations />}
      {roles.includes('supervisor-lead') && <><ReviewsDue /><Overdue /><OverdueAppeals /></>}
      {supervises && !data && (error ? <ProblemNote fault={error} at="desk" /> : <p aria-busy="true">{t('page.loading')}</p>)}
      {data?.length === 0 && <p className={styles.dim}>{t('wellness.cases.none')}</p>}
      <ul className={styles.list}>
        {data?.map((held) => (
          <li key={held.id}>
            <Link to={`/supervisor/cases/${held.id}`} className={styles.back}>{held.name}</Link> · {t(`wellness.state.${held.state}`)}
            <p className={styles.dim}>
              {[
                t(`wellness.as.${held.as}`), held.toldAt === null ? t('wellness.cases.untold') : '', held.state !== 'closed' && !held.contactMadeAt && held.contactDueAt ? t('wellness.contactBy', { when: momentWords(held.contactDueAt) }) : '',
                held.appealDueAt ? t('wellness.cases.appeal', { when: momentWords(held.appealDueAt) }) : '', held.reviewAt ? t('wellness.reviewOn', { when: momentWords(held.reviewAt) }) : '',
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
  const { data = [], error, isSuccess } = useQuery(wellnessQueries.overdue());
  useRead(isSuccess || undefined);
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

/** A lead hears what neither supervisor nor deputy may hear, or has heard in time. */
function OverdueAppeals(): ReactElement | null {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data = [], error } = useQuery(wellnessQueries.appeals());
  const hear = useAction<unknown, { id: string; outcome: 'granted' | 'stays' }>(({ id, outcome }) => ({ path: `/wellness/overdue-appeals/${id}/hear`, body: { outcome } }), {
    done: () => void client.invalidateQueries({ queryKey: ['overdue-appeals'] }),
  });
  if (data.length === 0) return <ProblemNote fault={error} at="desk" />;
  return (
    <section className={styles.box}>
      <h2>{t('wellness.overdueAppeal.title')}</h2>
      <p>{t('wellness.overdueAppeal.help')}</p>
      <ProblemNote fault={hear.error} at="desk" />
      <ul className={styles.list}>
        {data.map(({ id, name, appealDueAt, supervisor, deputy }) => (
          <li key={id}>
            <strong>{name}</strong>
            <p className={styles.dim}>{t('wellness.overdueAppeal.line', { when: momentWords(appealDueAt), people: [supervisor, deputy].filter(Boolean).join(', ') || '–' })}</p>
            <div className={styles.acts}>
              <Button mih={44} onClick={() => hear.mutate({ id, outcome: 'granted' })}>{t('wellness.acts.grant')}</Button>
              <Button mih={44} variant="default" onClick={() => hear.mutate({ id, outcome: 'stays' })}>{t('wellness.acts.stays')}</Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
