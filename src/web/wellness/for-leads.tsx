import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useRead, wellnessQueries } from './queries.js';
import { momentWords } from './words.js';
import styles from './wellness.module.css';

/** What neither supervisor nor deputy did, or may do: a name and a time each, and what a lead can do about it. */
export function WhatHasComeToLeads(): ReactElement {
  return <><Overdue /><OverdueReviews /><OverdueAppeals /><OverdueWords /></>;
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
    <section className={styles.box} aria-label={t('wellness.overdue.title')}>
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
    <section className={styles.box} aria-label={t('wellness.overdueAppeal.title')}>
      <h2>{t('wellness.overdueAppeal.title')}</h2>
      <p>{t('wellness.overdueAppeal.help')}</p>
      <ProblemNote fault={hear.error} at="desk" />
      <ul className={styles.list}>
        {data.map(({ id, name, appealDueAt, supervisor, deputy }) => (
          <li key={id}>
            <strong>{name}</strong>
            <p className={styles.dim}>{t('wellness.overdueAppeal.line', { when: momentWords(appealDueAt), people: [supervisor, deputy].filter(Boolean).join(', ') || '–' })}</p>
            <div className={styles.acts}>
              <Button mih={44} loading={hear.isPending} onClick={() => hear.mutate({ id, outcome: 'granted' })}>{t('wellness.acts.grant')}</Button>
              <Button mih={44} variant="default" disabled={hear.isPending} onClick={() => hear.mutate({ id, outcome: 'stays' })}>{t('wellness.acts.stays')}</Button>
              <AppointSomebody />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A lead sees that one of two waits for the other's word, and sees to it that it comes: by talking with them, or by appointing somebody. */
function OverdueWords(): ReactElement | null {
  const { t } = useTranslation();
  const { data = [], error } = useQuery(wellnessQueries.words());
  if (data.length === 0) return <ProblemNote fault={error} at="desk" />;
  return (
    <section className={styles.box} aria-label={t('wellness.overdueWord.title')}>
      <h2>{t('wellness.overdueWord.title')}</h2>
      <p>{t('wellness.overdueWord.help')}</p>
      <ul className={styles.list}>
        {data.map(({ id, name, wordDueAt, supervisor, deputy }) => (
          <li key={id}>
            <strong>{name}</strong>
            <p className={styles.dim}>{t('wellness.overdueWord.line', { when: momentWords(wordDueAt), people: [supervisor, deputy].filter(Boolean).join(', ') || '–' })}</p>
            <AppointSomebody />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A lead looks at a case again, with the peer, while neither of the two who stand behind them is there; or appoints somebody. */
function OverdueReviews(): ReactElement | null {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data = [], error } = useQuery(wellnessQueries.reviews());
  const held = useAction<unknown, string>((id) => ({ path: `/wellness/overdue-reviews/${id}/held` }), { done: () => void client.invalidateQueries({ queryKey: ['overdue-reviews'] }) });
  if (data.length === 0) return <ProblemNote fault={error} at="desk" />;
  return (
    <section className={styles.box} aria-label={t('wellness.overdueReview.title')}>
      <h2>{t('wellness.overdueReview.title')}</h2>
      <p>{t('wellness.overdueReview.help')}</p>
      <ProblemNote fault={held.error} at="desk" />
      <ul className={styles.list}>
        {data.map(({ id, name, reviewAt, supervisor, deputy }) => (
          <li key={id}>
            <strong>{name}</strong>
            <p className={styles.dim}>{t('wellness.overdueReview.line', { when: momentWords(reviewAt), people: [supervisor, deputy].filter(Boolean).join(', ') || '–' })}</p>
            <div className={styles.acts}>
              <Button mih={44} variant="default" loading={held.isPending} onClick={() => held.mutate(id)}>{t('wellness.acts.lookedAgain')}</Button>
              <AppointSomebody />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function AppointSomebody(): ReactElement {
  const { t } = useTranslation();
  return <Link to="/supervisor/appoint" className={styles.back}>{t('wellness.overdueReview.appoint')}</Link>;
}
