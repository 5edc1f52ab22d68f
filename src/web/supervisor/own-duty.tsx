import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OnCallPlaceView } from '../../dispatch/supervision.contract.js';
import { useAction } from '../api/actions.js';
import { queries } from '../api/queries.js';
import { CONTACT_KINDS, type CheckIn, type Duty, type Programme } from '../api/types.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useRemembered } from '../parts/remembered.js';
import { OneOf, Tokens } from '../parts/tokens.js';
import { clockTime } from '../time/format.js';
import { serverNow, useNow } from '../time/now.js';
import styles from './supervisor.module.css';

const HOUR_MS = 3_600_000;
const HOURS = ['4', '8', '12'] as const;
const MODES = ['active', 'on-call'] as const;

/** My own duty as supervisor: one line while nothing is to be changed, the choice when it is. */
export function OwnDuty({ programmes, places }: { programmes: readonly Programme[]; places: readonly OnCallPlaceView[] }): ReactElement | null {
  const { t } = useTranslation();
  const { data: duty } = useQuery(queries.duty());
  const [open, setOpen] = useState(false);
  if (!duty) return null;
  const placeOf = ({ programmeId, position, of }: OnCallPlaceView): string =>
    t('supervise.duty.place', { programme: programmes.find(({ id }) => id === programmeId)?.name ?? t('board.aProgramme'), position, of });
  return (
    <section className={styles.duty} aria-label={t('supervise.duty.title')}>
      <div className={styles.dutyLine}>
        <div>
          <DutyWords duty={duty.supervisor} />
          {places.length > 0 && <p className="pd-dim">{t('supervise.duty.onList', { places: places.map(placeOf).join(', ') })}</p>}
        </div>
        {duty.supervisor && !open
          ? <CheckOut />
          : <Button variant={open ? 'subtle' : 'default'} h={44} aria-expanded={open} onClick={() => setOpen(!open)}>{t(open ? 'common.close' : 'supervise.duty.checkIn')}</Button>}
      </div>
      {duty.supervisor && !open && <button type="button" className={styles.quiet} onClick={() => setOpen(true)}>{t('supervise.duty.change')}</button>}
      {open && <Choice programmes={programmes} onDone={() => setOpen(false)} />}
    </section>
  );
}

function DutyWords({ duty }: { duty: Duty | null }): ReactElement {
  const { t } = useTranslation();
  const now = new Date(useNow());
  if (!duty) return <p><strong>{t('supervise.duty.off')}</strong></p>;
  return <p><strong>{t(`supervise.duty.${duty.mode}`, { time: clockTime(new Date(duty.until), now, language()) })}</strong></p>;
}

function CheckOut(): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction(() => ({ method: 'DELETE', path: '/me/duty?as=supervisor' }));
  return (
    <div>
      <Button variant="default" h={44} loading={isPending} onClick={() => mutate()}>{t('duty.checkOut')}</Button>
      <ProblemNote fault={error} />
    </div>
  );
}

function Choice({ programmes, onDone }: { programmes: readonly Programme[]; onDone: () => void }): ReactElement {
  const { t } = useTranslation();
  const now = new Date(useNow());
  const [hours, setHours] = useRemembered('pd.supervise.hours', '8');
  const [mode, setMode] = useRemembered('pd.supervise.mode', 'active');
  const [left, setLeft] = useState<readonly string[]>([]);
  const { mutate, isPending, error } = useAction<unknown, CheckIn>((body) => ({ method: 'PUT', path: '/me/duty', body }), { done: onDone });
  const chosen = programmes.map(({ id }) => id).filter((id) => !left.includes(id));
  const forHours = HOURS.find((each) => each === hours) ?? '8';
  const asMode = MODES.find((each) => each === mode) ?? 'active';
  const begin = (): void => mutate({
    as: 'supervisor', mode: asMode, programmeIds: chosen, contactKinds: CONTACT_KINDS, until: new Date(serverNow() + Number(forHours) * HOUR_MS).toISOString(),
  });
  const choose = (ids: readonly string[]): void => setLeft(programmes.map(({ id }) => id).filter((id) => !ids.includes(id)));
  return (
    <div className={styles.fields}>
      <OneOf big label={t('supervise.duty.how')} options={MODES.map((value) => ({ value, label: t(`supervise.duty.mode.${value}`) }))} chosen={asMode} onChange={setMode} hint={t(`supervise.duty.hint.${asMode}`)} />
      <OneOf big label={t('peer.forHowLong')} options={HOURS.map((value) => ({ value, label: t('peer.hours', { count: Number(value) }) }))} chosen={forHours} onChange={setHours} hint={t('supervise.duty.untilTime', { time: clockTime(new Date(now.getTime() + Number(forHours) * HOUR_MS), now, language()) })} />
      {programmes.length > 1 && <Tokens big label={t('peer.programmesLabel')} options={programmes.map((each) => ({ value: each.id, label: each.name }))} chosen={chosen} onChange={(ids) => ids.length > 0 && choose(ids)} />}
      <ProblemNote fault={error} />
      <Button fullWidth h={56} fz={16} loading={isPending} disabled={chosen.length === 0} onClick={begin}>{t('supervise.duty.begin')}</Button>
    </div>
  );
}
