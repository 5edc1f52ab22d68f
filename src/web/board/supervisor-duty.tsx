import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { queries } from '../api/queries.js';
import { CONTACT_KINDS, type CheckIn } from '../api/types.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useMe } from '../shell/session.js';
import { clockTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import styles from './board.module.css';

const SHIFT_MS = 8 * 3_600_000;

/** A supervisor comes on duty beside the board they watch. */
export function SupervisorDuty(): ReactElement | null {
  return useMe().account.roles.includes('supervisor') ? <OwnDuty /> : null;
}

function OwnDuty(): ReactElement | null {
  const { t } = useTranslation();
  const { data: duty } = useQuery(queries.duty());
  const { data: programmes } = useQuery(queries.programmes());
  const checkIn = useAction<unknown, CheckIn>((body) => ({ method: 'PUT', path: '/me/duty', body }));
  const checkOut = useAction(() => ({ method: 'DELETE', path: '/me/duty?as=supervisor' }));
  if (!duty || !programmes) return null;
  const begin = (): void => checkIn.mutate({
    as: 'supervisor', mode: 'active', programmeIds: programmes.map((each) => each.id), until: new Date(serverNow() + SHIFT_MS).toISOString(), contactKinds: CONTACT_KINDS,
  });
  return (
    <div className={styles.ownDuty}>
      {duty.supervisor
        ? <>
            <span>{t('duty.supervisorUntil', { time: clockTime(new Date(duty.supervisor.until), new Date(serverNow()), language()) })}</span>
            <Button variant="default" size="compact-sm" loading={checkOut.isPending} onClick={() => checkOut.mutate()}>{t('duty.checkOut')}</Button>
          </>
        : <Button variant="default" size="compact-sm" loading={checkIn.isPending} onClick={begin}>{t('duty.supervise')}</Button>}
      <ProblemNote fault={checkIn.error ?? checkOut.error} />
    </div>
  );
}
