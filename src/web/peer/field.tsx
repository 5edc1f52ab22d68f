import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyAssignmentView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { clockTime } from '../time/format.js';
import { useNow } from '../time/now.js';
import styles from './peer.module.css';

/** The contact has gone on for a while: one tap says that they are still with the person. */
export function StillWith({ assignment }: { assignment: MyAssignmentView }): ReactElement | null {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction<MyAssignmentView>(() => ({ path: `/assignments/${assignment.id}/still-with` }));
  if (assignment.checkAskedAt === null) return null;
  return (
    <section className={styles.safety} data-due aria-label={t('field.stillWithTitle')}>
      <p>{t('field.stillWithAsked')}</p>
      <Button variant="filled" size="md" loading={isPending} onClick={() => mutate()}>{t('field.stillWith')}</Button>
      <ProblemNote fault={error} />
    </section>
  );
}

/** Somebody else ended it while they were out: whoever went is asked once more, whatever page they are on. */
export function OutSafe({ assignment }: { assignment: MyAssignmentView }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useSafe(assignment);
  return (
    <section className={styles.safety} data-due aria-label={t('field.title')}>
      <p>{t('field.outSafe')}</p>
      <Button variant="filled" size="md" loading={isPending} onClick={() => mutate()}>{t('field.safe')}</Button>
      <ProblemNote fault={error} />
    </section>
  );
}

/** In the field: one tap says that all is well. When it is due it stands out. */
export function SafetyCheck({ assignment }: { assignment: MyAssignmentView }): ReactElement | null {
  const { t } = useTranslation();
  const nowMs = useNow();
  const { mutate, isPending, error } = useSafe(assignment);
  if (assignment.safetyCheckAt === null) return null;
  const due = Date.parse(assignment.safetyCheckAt) <= nowMs;
  const time = clockTime(new Date(assignment.safetyCheckAt), new Date(nowMs), language());
  return (
    <section className={styles.safety} data-due={due || undefined} aria-label={t('field.title')}>
      <p className="pd-figures">{due ? t('field.due') : t('field.next', { time })}</p>
      <Button variant={due ? 'filled' : 'default'} size="md" loading={isPending} onClick={() => mutate()}>{t('field.safe')}</Button>
      <ProblemNote fault={error} />
    </section>
  );
}

function useSafe({ id }: MyAssignmentView) {
  return useAction<MyAssignmentView>(() => ({ path: `/assignments/${id}/safety-check` }));
}
