import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyAssignmentView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import { leave, say } from './notice.js';
import styles from './peer.module.css';

export type Exit = 'must-go' | 'hand-back' | 'known-person' | 'beyond-scope';

/** Long enough to take back a thumb that slipped, too short to keep anybody who must go. */
const UNDO_MS = 4_000;

/** A way out, said in one sentence with what happens then. Who must go needs no second tap. */
export function Leaving({ assignment, exit, onBack }: { assignment: MyAssignmentView; exit: Exit; onBack: () => void }): ReactElement {
  const { t } = useTranslation();
  const action = useAction<MyAssignmentView>(() => ({ path: `/assignments/${assignment.id}/${exit}` }), {
    done: (left) => {
      if (left.endedAt === null) return onBack();
      leave(assignment.id);
      say([`myEnd.${exit === 'hand-back' ? 'handed-back' : exit}`]);
    },
  });
  const stays = assignment.contactMadeAt !== null && assignment.seat === 'lead';
  return (
    <div className={styles.thumb}>
      <p className={styles.keptHead}>{t(`leaving.${exit}`)}</p>
      <p>{t(stays ? `leaving.talking.${exit}` : `leaving.before.${exit}`)}</p>
      <ProblemNote fault={action.error} />
      {exit === 'must-go' && !action.error
        ? <Going send={action.mutate} sending={action.isPending} onBack={onBack} />
        : (
          <>
            <Button fullWidth h={56} fz={16} loading={action.isPending} onClick={() => action.mutate()}>{t(`leaving.yes.${exit}`)}</Button>
            <button type="button" className={styles.quietBig} disabled={action.isPending} onClick={onBack}>{t('common.back')}</button>
          </>
        )}
    </div>
  );
}

/** Goes out by itself; at once when tapped again, or when the page is left. */
function Going({ send, sending, onBack }: { send: () => void; sending: boolean; onBack: () => void }): ReactElement {
  const { t } = useTranslation();
  const [leftS, setLeftS] = useState(UNDO_MS / 1000);
  const sent = useRef(false);
  const go = useRef(() => undefined as void);
  useEffect(() => {
    go.current = () => {
      if (sent.current) return;
      sent.current = true;
      send();
    };
  });
  useEffect(() => {
    if (leftS === 0) {
      go.current();
      return undefined;
    }
    const tick = setTimeout(() => setLeftS(leftS - 1), 1000);
    return () => clearTimeout(tick);
  }, [leftS]);
  useEffect(() => {
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') go.current();
    };
    document.addEventListener('visibilitychange', hidden);
    return () => document.removeEventListener('visibilitychange', hidden);
  }, []);
  return (
    <>
      <Button fullWidth h={56} fz={16} loading={sending} onClick={() => go.current()}>{t('leaving.yes.must-go')}</Button>
      <button type="button" className={styles.quietBig} disabled={sending || leftS === 0} onClick={onBack}>{t('leaving.undo', { seconds: leftS })}</button>
    </>
  );
}
