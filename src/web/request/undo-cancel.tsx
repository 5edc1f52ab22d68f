import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { useKeys } from '../board/keys.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useRemembered } from '../parts/remembered.js';
import { Left, useNow } from '../time/now.js';
import styles from './request.module.css';

/** A slip can be taken back for the moments the policy gives; whoever looks at the page may do it. */
export function UndoCancel({ id, until }: { id: string; until: string }): ReactElement | null {
  const { t } = useTranslation();
  const now = useNow();
  const [keysOn] = useRemembered('pd.keys', 'on');
  const { mutate, isPending, error } = useAction(() => ({ path: `/requests/${id}/undo-cancel` }));
  const open = now < Date.parse(until);
  useKeys(keysOn === 'on' && open && !isPending, { u: () => mutate() });
  if (!open && !isPending && !error) return null;
  return (
    <div className={styles.undo} role="status">
      <p>{t('request.cancelled')}</p>
      {open && (
        <Button size="sm" variant="default" loading={isPending} onClick={() => mutate()}>{t('request.undo')} {keysOn === 'on' && <span aria-hidden="true" className={styles.key}>U</span>}<span aria-hidden="true" className={styles.left}><Left until={until} /></span></Button>
      )}
      <ProblemNote fault={error} at="desk" />
    </div>
  );
}
