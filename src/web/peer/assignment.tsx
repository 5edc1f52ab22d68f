import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyAssignmentView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { SealedContact } from '../parts/sealed-contact.js';
import { Urgency } from '../parts/urgency.js';
import { elapsed } from '../time/format.js';
import { useNow } from '../time/now.js';
import { CloseOutForm } from './close-out.js';
import styles from './peer.module.css';

export function Assignment({ assignment }: { assignment: MyAssignmentView }): ReactElement {
  const [closing, setClosing] = useState(false);
  return closing
    ? <CloseOutForm assignment={assignment} onBack={() => setClosing(false)} />
    : <WithSomeone assignment={assignment} onClose={() => setClosing(true)} />;
}

function WithSomeone({ assignment, onClose }: { assignment: MyAssignmentView; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const talking = assignment.contactMadeAt !== null;
  const { mutate, isPending, error } = useAction<MyAssignmentView>(() => ({ path: `/assignments/${assignment.id}/contact-made` }));
  const about = [
    ...assignment.experience.map((code) => labels.of('experience', code)),
    ...assignment.populations.map((code) => labels.of('populations', code)),
  ].join(', ');
  return (
    <>
      <div className={styles.words}>
        <p className={styles.onDuty}><Urgency level={assignment.acuity} /></p>
        <h1>{t(`contactKind.${assignment.contactKind}`)}</h1>
        <p className={styles.facts}>{[labels.of('languages', assignment.language), assignment.area].filter(Boolean).join(' · ')}</p>
        {about !== '' && <p>{about}</p>}
        <Since at={assignment.contactMadeAt ?? assignment.acceptedAt} talking={talking} />
        <section className={styles.instruction} aria-labelledby="instruction">
          <h2 id="instruction">{t('peer.howToReach')}</h2>
          <p>{assignment.callingInstruction}</p>
        </section>
        <SealedContact requestId={assignment.requestId} size="lg" />
      </div>
      <div className={styles.thumb}>
        <ProblemNote fault={error} />
        {talking
          ? <Button fullWidth h={56} fz={16} onClick={onClose}>{t('peer.done')}</Button>
          : (
            <>
              <Button fullWidth h={56} fz={16} loading={isPending} onClick={() => mutate()}>{t('peer.talking')}</Button>
              <button type="button" className={styles.quietBig} onClick={onClose}>{t('peer.notReached')}</button>
            </>
          )}
      </div>
    </>
  );
}

function Since({ at, talking }: { at: string; talking: boolean }): ReactElement {
  const { t } = useTranslation();
  const time = elapsed(useNow() - Date.parse(at));
  return <p className="pd-dim pd-figures">{t(talking ? 'peer.talkingSince' : 'peer.acceptedSince', { time })}</p>;
}
