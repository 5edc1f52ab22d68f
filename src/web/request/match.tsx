import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffRequestView } from '../../dispatch/contract.js';
import type { MatchView } from '../../dispatch/match.contract.js';
import { queries } from '../api/queries.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { clockTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import { figure } from './candidate-line.js';
import { weighing } from './candidates.js';
import { isLookedFor } from './course.js';
import styles from './request.module.css';

const SHOWN = 5;

/** Who could take it and why, and why nobody else. Open by itself where nobody is being asked and somebody should be. */
export function Match({ request }: { request: StaffRequestView }): ReactElement {
  const { t } = useTranslation();
  const stuck = isLookedFor(request) && !request.offers.some(({ status }) => status === 'pending');
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? stuck;
  const { data: match, error } = useQuery({ ...queries.match(request.id), enabled: open });
  return (
    <section className={styles.section} aria-labelledby="match-title">
      <h2 id="match-title" className={styles.matchHead}>
        <button type="button" className={styles.why} aria-expanded={open} onClick={() => setChosen(!open)}>{t(stuck ? 'match.whyNobody' : 'match.whoCould')}</button>
      </h2>
      {open && !match && (error ? <ProblemNote fault={error} at="desk" /> : <p className={styles.quiet} aria-busy="true">{t('page.loading')}</p>)}
      {open && match && <Explained match={match} />}
    </section>
  );
}

function Explained({ match }: { match: MatchView }): ReactElement {
  const { t } = useTranslation();
  const free = match.ranked.filter(({ busy }) => !busy);
  const { busy, resting, restingUntil } = match.waitingFor;
  return (
    <div className={styles.explained}>
      {!match.supervisorCover && <p className={styles.askNote}>{t('assign.noCover')}</p>}
      {!match.policyServes && <p className={styles.askNote}>{t('assign.noPolicy')}</p>}
      <p>{free.length === 0 ? t(busy > 0 ? 'match.noneFree' : resting > 0 ? 'match.allRest' : 'match.none') : t('match.fit', { count: free.length })}</p>
      {busy > 0 && <p>{t('match.busy', { count: busy })}</p>}
      {resting > 0 && restingUntil && <p>{t('match.resting', { count: resting, time: clockTime(new Date(restingUntil), new Date(serverNow()), language()) })}</p>}
      {match.ranked.length > 0 && (
        <ol className={styles.ranked}>
          {match.ranked.slice(0, SHOWN).map((candidate) => (
            <li key={candidate.personId}>
              <strong>{candidate.name}</strong> <span className="pd-figures">{t('request.minutes', { value: figure(candidate.minutes) })}</span>
              {candidate.busy && <> · {t('assign.busy')}</>}
              {candidate.askedThisRound && <> · {t('assign.asked')}</>}
              {weighing(candidate.terms).length > 0 && (
                <span className={styles.by}>{weighing(candidate.terms).map(({ term, minutes }) => `${t([`term.${term}`, 'term.other'], { term })} ${t('request.minutes', { value: figure(minutes, 'exceptZero') })}`).join(' · ')}</span>
              )}
            </li>
          ))}
        </ol>
      )}
      {match.ranked.length > SHOWN && <p className={styles.quiet}>{t('match.more', { count: match.ranked.length - SHOWN })}</p>}
      <Counted title={t('match.out')} lines={match.excluded.map(({ code, count }) => [code, t('match.outLine', { count, why: t([`outBy.${code}`, 'outBy.other']) })])} />
      <Counted title={t('match.widen')} lines={match.oneGateOff.map(({ gate, wouldFit }) => [gate, t('match.widenLine', { gate: t(`gate.${gate}.name`), count: wouldFit })])} />
      <p className={styles.by}>{t('match.policy', { version: match.policyVersion })}</p>
    </div>
  );
}

function Counted({ title, lines }: { title: string; lines: readonly (readonly [string, string])[] }): ReactElement | null {
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className={styles.counted}>{lines.map(([code, line]) => <li key={code}>{line}</li>)}</ul>
    </>
  );
}
