import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState, type ReactElement, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyAssignmentView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { sentenceKeys, surelyRefused } from '../api/problem.js';
import { ProblemNote } from '../parts/problem-note.js';
import { beforeSignOut } from '../shell/before-sign-out.js';
import { leave, say } from './notice.js';
import styles from './peer.module.css';

export type Exit = 'must-go' | 'hand-back' | 'known-person' | 'beyond-scope';

/** Long enough to take back a thumb that slipped, too short to keep anybody who must go. */
const UNDO_MS = 4_000;

/** A way out, said in one sentence with what happens then. Who must go needs no second tap. */
export function Leaving({ assignment, exit, onBack }: { assignment: MyAssignmentView; exit: Exit; onBack: () => void }): ReactElement {
  const { t } = useTranslation();
  const isOnPage = useOnPage();
  const action = useAction<MyAssignmentView>(() => ({ path: `/assignments/${assignment.id}/${exit}`, keepalive: true }), {
    done: (left) => {
      if (left.endedAt === null) return onBack();
      leave(assignment.id);
      say([`myEnd.${exit === 'hand-back' ? 'handed-back' : exit}`]);
    },
    // A refusal says that they are no longer with anybody; that nobody answered must be known wherever they are now.
    failed: (fault) => {
      if (!isOnPage() && !surelyRefused(fault)) say(sentenceKeys(fault));
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

/** Goes out by itself; at once when tapped again, or when this is left for anything else. Only undo keeps it back. */
function Going({ send, sending, onBack }: { send: () => void; sending: boolean; onBack: () => void }): ReactElement {
  const { t } = useTranslation();
  const [leftS, setLeftS] = useState(UNDO_MS / 1000);
  const settled = useRef(false);
  const go = useRef(() => undefined as void);
  useEffect(() => {
    go.current = () => {
      if (settled.current) return;
      settled.current = true;
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
  useWhenLeft(go);
  const undo = (): void => {
    settled.current = true;
    onBack();
  };
  return (
    <>
      <Button fullWidth h={56} fz={16} loading={sending} onClick={() => go.current()}>{t('leaving.yes.must-go')}</Button>
      <button type="button" className={styles.quietBig} disabled={sending || leftS === 0} onClick={undo}>{t('leaving.undo', { seconds: leftS })}</button>
    </>
  );
}

/** The tab is hidden or closed, they sign out, or something else takes the screen. */
function useWhenLeft(go: RefObject<() => void>): void {
  const isOnPage = useOnPage();
  useEffect(() => {
    const leaveNow = (): void => go.current();
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') leaveNow();
    };
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('pagehide', leaveNow);
    const forget = beforeSignOut(leaveNow);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('pagehide', leaveNow);
      forget();
      // In development React takes every component away once and puts it back at once.
      queueMicrotask(() => {
        if (!isOnPage()) leaveNow();
      });
    };
  }, [go, isOnPage]);
}

function useOnPage(): () => boolean {
  const onPage = useRef(true);
  useEffect(() => {
    onPage.current = true;
    return () => {
      onPage.current = false;
    };
  }, []);
  return useCallback(() => onPage.current, []);
}
