import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { ownQueries } from '../api/own-queries.js';
import { queries } from '../api/queries.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OwnPage } from '../peer/own-page.js';
import { dayWords } from './words.js';
import styles from './wellness.module.css';

/** What holds in one's programmes, read beforehand and acknowledged by a tap. */
export function OwnPolicies(): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error } = useQuery(ownQueries.policies());
  const { data: programmes = [] } = useQuery(queries.programmes());
  const acknowledge = useAction<unknown, string>((id) => ({ path: `/me/relapse-policies/${id}/acknowledge` }), { done: () => void client.invalidateQueries({ queryKey: ['own-policies'] }) });
  return (
    <OwnPage title={t('relapsePolicy.ownTitle')}>
      <div className={styles.part}>
        <p>{t('relapsePolicy.ownHelp')}</p>
        <ProblemNote fault={error ?? acknowledge.error} />
        {!data && !error && <p aria-busy="true">{t('page.loading')}</p>}
        {data?.length === 0 && <p>{t('relapsePolicy.ownNone')}</p>}
        {data?.map((policy) => (
          <section key={policy.id} className={styles.box}>
            <h2>{policy.label[language()]}</h2>
            <p className={styles.dim}>{[programmes.find(({ id }) => id === policy.programmeId)?.name, t('relapsePolicy.holds', { from: dayWords(policy.effectiveAt), until: dayWords(policy.expiresAt) })].filter(Boolean).join(' · ')}</p>
            <p className={styles.text}>{policy.text[language()]}</p>
            <p>{t('relapsePolicy.contactHours', { count: policy.contactHours })}</p>
            {policy.acknowledgedAt
              ? <p role="status">{t('relapsePolicy.acknowledgedOn', { date: dayWords(policy.acknowledgedAt) })}</p>
              : <Button fullWidth h={56} fz={16} loading={acknowledge.isPending} onClick={() => acknowledge.mutate(policy.id)}>{t('relapsePolicy.acknowledge')}</Button>}
          </section>
        ))}
      </div>
    </OwnPage>
  );
}
