import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchCandidateView } from '../../dispatch/match.contract.js';
import { language } from '../i18n.js';
import styles from './assign.module.css';
import { weighing, type Choice } from './candidates.js';

/** One person of the list: who, at what cost in minutes, what stands against it. */
export function CandidateLine({ choice }: { choice: Choice }): ReactElement {
  const { t } = useTranslation();
  const { candidate } = choice;
  return (
    <>
      <span className={styles.name}>
        <strong>{choice.name}</strong>
        {candidate === null && <span className="pd-dim">{t('assign.other')}</span>}
        {candidate?.busy && <span>{t('assign.busy')}</span>}
        {candidate?.askedThisRound && <span className="pd-dim">{t('assign.asked')}</span>}
        {candidate && <span className={`${styles.minutes} pd-figures`}>{t('request.minutes', { value: figure(candidate.minutes) })}</span>}
      </span>
      {candidate && candidate.toLift.length > 0 && (
        <span className={styles.against}>{candidate.toLift.map(({ gate, mayLift }) => t(mayLift ? 'assign.needsReason' : 'assign.needsSupervisor', { gate: t(`gate.${gate}.name`) })).join(' · ')}</span>
      )}
      {candidate && <Terms candidate={candidate} />}
    </>
  );
}

function Terms({ candidate }: { candidate: Pick<MatchCandidateView, 'terms' | 'toLift'> }): ReactElement | null {
  const { t } = useTranslation();
  const terms = weighing(candidate.terms);
  if (terms.length === 0) return candidate.toLift.length === 0 ? <span className={styles.terms}>{t('assign.noCost')}</span> : null;
  return (
    <span className={styles.terms}>
      {terms.map(({ term, minutes }) => `${t([`term.${term}`, 'term.other'], { term })} ${t('request.minutes', { value: figure(minutes, 'exceptZero') })}`).join(' · ')}
    </span>
  );
}

export function figure(value: number, signDisplay: 'auto' | 'exceptZero' = 'auto'): string {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: 1, signDisplay }).format(value);
}
