import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyAssignmentView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { INTENSITIES, type CloseOut, type Intensity } from '../api/types.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf, Tokens } from '../parts/tokens.js';
import styles from './peer.module.css';

/** How it went, in taps only. The catalogue lists the five usual outcomes first. */
export function CloseOutForm({ assignment, onBack }: { assignment: MyAssignmentView; onBack?: () => void }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const [outcome, setOutcome] = useState<string | null>(null);
  const [reasons, setReasons] = useState<string[]>([]);
  const [referrals, setReferrals] = useState<string[]>([]);
  const [intensity, setIntensity] = useState<Intensity | null>(null);
  const [followUp, setFollowUp] = useState<'yes' | 'no'>('no');
  const { mutate, isPending, error } = useAction<MyAssignmentView, CloseOut>((body) => ({ path: `/assignments/${assignment.id}/close`, body }), {
    done: () => notifications.show({ message: t('closeOut.thanks'), color: 'teal' }),
  });
  const ready = outcome !== null && intensity !== null;
  const send = (): void => {
    if (outcome === null || intensity === null) return;
    const body: CloseOut = { outcome, reasons, intensity, followUp: followUp === 'yes', ...(outcome === 'referred' ? { referrals } : {}) };
    mutate(body);
  };
  return (
    <>
      <div className={styles.words}>
        {onBack && <button type="button" className={styles.quiet} onClick={onBack}>{t('common.back')}</button>}
        <h1>{t('closeOut.title')}</h1>
        <div className={styles.fields}>
          <OneOf big label={t('closeOut.outcome')} options={labels.options('outcomes')} chosen={outcome} onChange={setOutcome} />
          {outcome === 'referred' && <Tokens label={t('closeOut.referrals')} options={labels.options('referrals')} chosen={referrals} onChange={setReferrals} />}
          <Tokens label={t('closeOut.reasons')} options={labels.options('reasons')} chosen={reasons} onChange={setReasons} />
          <OneOf big label={t('closeOut.intensity')} options={INTENSITIES.map((value) => ({ value, label: t(`intensity.${value}`) }))} chosen={intensity} onChange={setIntensity} />
          <OneOf big label={t('closeOut.followUp')} options={[{ value: 'yes', label: t('answer.yes') }, { value: 'no', label: t('answer.no') }]} chosen={followUp} onChange={setFollowUp} />
        </div>
      </div>
      <div className={styles.thumb}>
        <ProblemNote fault={error} />
        {!ready && <p className={styles.missing}>{t('closeOut.missing')}</p>}
        <Button fullWidth h={56} fz={16} disabled={!ready} loading={isPending} onClick={send}>{t('closeOut.send')}</Button>
      </div>
    </>
  );
}
