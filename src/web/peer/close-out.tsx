import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyAssignmentView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { queries } from '../api/queries.js';
import { INTENSITIES, type CloseOut, type Intensity } from '../api/types.js';
import { Failed, troubleOf } from '../parts/failed.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf, Tokens } from '../parts/tokens.js';
import { leave } from './notice.js';
import styles from './peer.module.css';
import { closedOut, takenBack } from './rest-state.js';

/** How it went, in taps only, on one page. `outcome`: what the way here already says. */
export function CloseOutForm({ assignment, outcome: said = null, onBack }: { assignment: MyAssignmentView; outcome?: string | null; onBack?: () => void }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const words = useQuery(queries.catalogue());
  const trouble = troubleOf(words);
  const before = takenBack(assignment.id);
  const [outcome, setOutcome] = useState<string | null>(before?.outcome ?? said);
  const [reasons, setReasons] = useState<readonly string[]>(before?.reasons ?? []);
  const [referrals, setReferrals] = useState<readonly string[]>(before?.referrals ?? []);
  const [intensity, setIntensity] = useState<Intensity | null>(before?.intensity ?? null);
  const [followUp, setFollowUp] = useState<'yes' | 'no'>(before?.followUp ? 'yes' : 'no');
  const { mutate, isPending, error } = useAction<MyAssignmentView, CloseOut>((body) => {
    leave(assignment.id);
    return { path: `/assignments/${assignment.id}/close`, body };
  }, { done: () => intensity && outcome && closedOut(assignment.id, { outcome, reasons, referrals, intensity, followUp: followUp === 'yes' }) });
  const ready = outcome !== null && intensity !== null;
  const send = (): void => {
    if (outcome === null || intensity === null) return;
    mutate({ outcome, reasons, intensity, followUp: followUp === 'yes', ...(outcome === 'referred' ? { referrals } : {}) });
  };
  return (
    <>
      <div className={styles.words}>
        {onBack && <button type="button" className={styles.quiet} onClick={onBack}>{t('common.back')}</button>}
        <h1>{t('closeOut.title')}</h1>
        {assignment.closeOutDue && !before && <p>{t('closeOut.confirmed')}</p>}
        {!words.data && (trouble ? <Failed fault={trouble} onRetry={() => void words.refetch()} /> : <p className="pd-dim" aria-busy="true">{t('page.loading')}</p>)}
        {words.data && (
          <div className={styles.fields}>
            {/* The two that are needed stand first and together, in sight of the button that waits for them. */}
            <OneOf big inPairs label={t('closeOut.outcome')} options={labels.options('outcomes')} chosen={outcome} onChange={setOutcome} />
            {outcome === 'referred' && <Tokens label={t('closeOut.referrals')} options={labels.options('referrals')} chosen={referrals} onChange={setReferrals} />}
            <OneOf big label={t('closeOut.intensity')} options={INTENSITIES.map((value) => ({ value, label: t(`intensity.${value}`) }))} chosen={intensity} onChange={setIntensity} />
            <Tokens label={t('closeOut.reasons')} options={labels.options('reasons')} chosen={reasons} onChange={setReasons} />
            <OneOf big label={t('closeOut.followUp')} options={[{ value: 'yes', label: t('answer.yes') }, { value: 'no', label: t('answer.no') }]} chosen={followUp} onChange={setFollowUp} />
          </div>
        )}
      </div>
      <div className={styles.thumb}>
        <ProblemNote fault={error} />
        {words.data && !ready && <p className={styles.missing}>{t('closeOut.missing')}</p>}
        <Button fullWidth h={56} fz={16} disabled={!ready} loading={isPending} onClick={send}>{t('closeOut.send')}</Button>
      </div>
    </>
  );
}
