import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import type { Duty } from '../api/types.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { clockTime } from '../time/format.js';
import { useNow } from '../time/now.js';
import styles from './peer.module.css';

export function Waiting({ duty }: { duty: Duty }): ReactElement {
  const { t } = useTranslation();
  const now = new Date(useNow());
  return (
    <>
      <div className={styles.words}>
        <p className={styles.onDuty}><svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><circle cx="5" cy="5" r="5" /></svg>{t('peer.onDuty', { time: clockTime(new Date(duty.until), now, language()) })}</p>
        <h1>{t('peer.waiting')}</h1>
        <p>{t('peer.waitingHelp')}</p>
        <p className="pd-dim">{duty.contactKinds.map((kind) => t(`contactKind.${kind}`)).join(', ')}</p>
      </div>
      <div className={styles.thumb}><CheckOut /></div>
    </>
  );
}

export function CheckOut(): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction(() => ({ method: 'DELETE', path: '/me/duty?as=peer' }));
  return (
    <>
      <ProblemNote fault={error} />
      <Button variant="default" fullWidth h={52} fz={16} loading={isPending} onClick={() => mutate()}>{t('duty.checkOut')}</Button>
    </>
  );
}
