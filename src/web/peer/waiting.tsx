import { Button } from '@mantine/core';
import { useEffect, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwayView } from '../../shifts/contract.js';
import { useAction } from '../api/actions.js';
import type { Duty } from '../api/types.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useSound } from '../parts/sound.js';
import { clockTime } from '../time/format.js';
import { useNow } from '../time/now.js';
import { leave } from './notice.js';
import { RestingLine } from './resting-line.js';
import { Doors } from './doors.js';
import { DutyLimits } from './duty-limits.js';
import { OwnCheckCard, useLastShift } from './own-check.js';
import { OwnInbox } from './own-inbox.js';
import styles from './peer.module.css';

export function Waiting({ duty }: { duty: Duty }): ReactElement {
  const { t } = useTranslation();
  const now = new Date(useNow());
  const [lastShift, remember] = useLastShift();
  useEffect(() => {
    if (lastShift !== duty.since) remember(duty.since);
  }, [lastShift, duty.since, remember]);
  return (
    <>
      <div className={styles.words}>
        <p className={styles.onDuty}><svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><circle cx="5" cy="5" r="5" /></svg>{t('peer.onDuty', { time: clockTime(new Date(duty.until), now, language()) })}</p>
        <h1>{t(duty.draining ? 'peer.draining' : 'peer.waiting')}</h1>
        <RestingLine />
        <p>{t('peer.waitingHelp')}</p>
        <p className="pd-dim">{duty.contactKinds.map((kind) => t(`contactKind.${kind}`)).join(', ')}</p>
        <DutyLimits limits={duty}>{(said) => <p className="pd-dim">{said}</p>}</DutyLimits>
        <SoundLine />
        <OwnInbox />
        <OwnCheckCard kind="readiness" shift={duty.since} />
        <Doors />
      </div>
      <div className={styles.thumb}>
        <Pause />
        <CheckOut quiet />
      </div>
    </>
  );
}

/** Whether this phone will sound, and the switch for it. */
export function SoundLine(): ReactElement {
  const { t } = useTranslation();
  const { on, state, turn } = useSound('peer');
  return (
    <p>
      <button type="button" className={styles.switch} role="switch" aria-checked={on} onClick={() => turn(!on)}>{t('chime.label')}</button>
      {on && state === 'blocked' && <span className={styles.missing}>{t('chime.tapOnce')}</span>}
    </p>
  );
}

function Pause(): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction<AwayView>(() => {
    leave('duty');
    return { path: '/me/pause' };
  });
  return (
    <>
      <ProblemNote fault={error} />
      <Button variant="default" fullWidth h={56} fz={16} loading={isPending} onClick={() => mutate()}>{t('away.pause')}</Button>
    </>
  );
}

export function CheckOut({ quiet = false }: { quiet?: boolean }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction(() => {
    leave('duty');
    return { method: 'DELETE', path: '/me/duty?as=peer' };
  });
  return (
    <>
      <ProblemNote fault={error} />
      {quiet
        ? <button type="button" className={styles.quietBig} disabled={isPending} onClick={() => mutate()}>{t('duty.checkOut')}</button>
        : <Button variant="default" fullWidth h={52} fz={16} loading={isPending} onClick={() => mutate()}>{t('duty.checkOut')}</Button>}
    </>
  );
}
