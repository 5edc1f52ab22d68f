import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyAssignmentView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import styles from './peer.module.css';

type Step = 'en-route' | 'contact-made' | 'close' | 'none';

/** The one thing that comes next, under the thumb. */
export function NextStep({ assignment, onClose }: { assignment: MyAssignmentView; onClose: (outcome: string | null) => void }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction<MyAssignmentView, 'en-route' | 'contact-made'>((step) => ({ path: `/assignments/${assignment.id}/${step}` }));
  const step = stepOf(assignment);
  const inPerson = assignment.contactKind === 'in-person';
  const lead = assignment.seat === 'lead';
  return (
    <div className={styles.thumb}>
      <ProblemNote fault={error} />
      {step === 'none' && <p className="pd-dim">{t('with.leadCloses')}</p>}
      {step === 'close' && <Button fullWidth h={56} fz={16} onClick={() => onClose(null)}>{t('peer.done')}</Button>}
      {step === 'en-route' && <Button fullWidth h={56} fz={16} loading={isPending} onClick={() => mutate('en-route')}>{t('with.enRoute')}</Button>}
      {step === 'contact-made' && (
        <Button fullWidth h={56} fz={16} loading={isPending} disabled={assignment.buddy === 'wanted'} onClick={() => mutate('contact-made')}>
          {t(inPerson ? 'with.together' : 'peer.talking')}
        </Button>
      )}
      {lead && step === 'en-route' && assignment.buddy !== 'wanted' && (
        <button type="button" className={styles.quietBig} disabled={isPending} onClick={() => mutate('contact-made')}>{t('with.together')}</button>
      )}
      {lead && step !== 'close' && <button type="button" className={styles.quietBig} disabled={isPending} onClick={() => onClose('no-contact')}>{t('peer.notReached')}</button>}
    </div>
  );
}

function stepOf({ seat, state, contactKind }: MyAssignmentView): Step {
  if (contactKind === 'in-person' && state === 'accepted') return 'en-route';
  if (seat !== 'lead') return 'none';
  return state === 'accepted' || state === 'en-route' ? 'contact-made' : 'close';
}
