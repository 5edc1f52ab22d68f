import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import { wellnessQueries } from './queries.js';
import { dayWords, momentWords } from './words.js';
import styles from './wellness.module.css';

/** Programmes whose policy has run out: a supervisor answers for the next 24 hours, for the days of grace. */
export function Confirmations(): ReactElement | null {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data = [] } = useQuery(wellnessQueries.kept());
  const confirm = useAction<unknown, string>((programmeId) => ({ path: '/wellness/relapse-policy-confirmations', body: { programmeId } }), {
    done: () => void client.invalidateQueries({ queryKey: ['relapse-policies'] }),
  });
  const lapsed = data.filter(({ standing }) => standing.kind !== 'in-force');
  if (lapsed.length === 0) return null;
  return (
    <section className={styles.box}>
      <ProblemNote fault={confirm.error} at="desk" />
      {lapsed.map(({ programmeId, programmeName, standing }) => (
        <div key={programmeId}>
          <p><strong>{programmeName}</strong> {t(`relapsePolicy.standing.${standing.kind}`)}</p>
          {standing.confirmBy && standing.endsAt && <p className={styles.dim}>{t('relapsePolicy.confirmBy', { when: momentWords(standing.confirmBy), end: momentWords(standing.endsAt) })}</p>}
          {standing.kind !== 'missing' && <Button mih={44} loading={confirm.isPending} onClick={() => confirm.mutate(programmeId)}>{t('relapsePolicy.confirm')}</Button>}
        </div>
      ))}
    </section>
  );
}

/** For who approves the next version: whose review is due. */
export function ReviewsDue(): ReactElement | null {
  const { t } = useTranslation();
  const { data = [] } = useQuery(wellnessQueries.kept());
  const due = data.filter(({ reviewDueSince }) => reviewDueSince !== null);
  if (due.length === 0) return null;
  return (
    <section className={styles.box}>
      {due.map(({ programmeId, programmeName, reviewDueSince }) => (
        <p key={programmeId}><Link to="/supervisor/relapse-policies">{programmeName}</Link> {t('relapsePolicy.reviewDue', { date: dayWords(String(reviewDueSince)) })}</p>
      ))}
    </section>
  );
}
