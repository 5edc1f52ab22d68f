import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsultView, MyAssignmentView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Elapsed } from '../time/now.js';
import styles from './peer.module.css';

/** Advice while the contact goes on: asked by a tap, and told who gives it. */
export function Consult({ assignment }: { assignment: MyAssignmentView }): ReactElement {
  const { t } = useTranslation();
  const ask = useAction<ConsultView>(() => ({ path: `/assignments/${assignment.id}/consult` }));
  const end = useAction<ConsultView>(() => ({ path: `/consults/${assignment.consult?.id ?? ''}/end` }));
  const consult = assignment.consult?.state === 'ended' ? null : assignment.consult;
  return (
    <section className={styles.consult} aria-label={t('advice.title')}>
      {consult
        ? (
          <div role="status">
            <p className="pd-figures">
              {consult.state === 'taken' ? t('advice.taken', { name: consult.takenByName ?? '' }) : <>{t('advice.asked')} <Elapsed since={consult.askedAt} /></>}
            </p>
            <Button variant="default" size="sm" loading={end.isPending} onClick={() => end.mutate()}>{t(consult.state === 'taken' ? 'advice.end' : 'advice.takeBack')}</Button>
          </div>
        )
        : <Button variant="default" fullWidth h={52} fz={16} loading={ask.isPending} onClick={() => ask.mutate()}>{t('advice.ask')}</Button>}
      <ProblemNote fault={ask.error ?? end.error} />
    </section>
  );
}
