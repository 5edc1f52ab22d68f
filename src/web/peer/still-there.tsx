import { Button } from '@mantine/core';
import { useEffect, useRef, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import type { MyDuty } from '../api/types.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useAttention } from './alert.js';
import styles from './peer.module.css';
import { CheckOut } from './waiting.js';

/** What they were asked had no answer. One tap says that all is well. */
export function StillThere(): ReactElement {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const { mutate, isPending, error } = useStillHere();
  useAttention();
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <div className={styles.offer}>
        <h1 className={styles.offerHead} ref={heading} tabIndex={-1}>{t('peer.stillThere')}</h1>
        <p>{t('peer.stillThereHelp')}</p>
      </div>
      <div className={styles.thumb}>
        <ProblemNote fault={error} />
        <Button fullWidth h={56} fz={16} loading={isPending} onClick={() => mutate()}>{t('peer.stillHere')}</Button>
        <CheckOut quiet />
      </div>
    </>
  );
}

/** The same question while they are with someone: it must not stand in the way. */
export function StillThereBar(): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending } = useStillHere();
  return (
    <div className={styles.bar} role="status">
      <span>{t('peer.stillThere')}</span>
      <Button variant="default" size="compact-md" loading={isPending} onClick={() => mutate()}>{t('peer.stillHere')}</Button>
    </div>
  );
}

function useStillHere() {
  return useAction<MyDuty>(() => ({ path: '/me/still-here' }));
}
