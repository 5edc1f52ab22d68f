import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffRequestView } from '../../dispatch/contract.js';
import type { TriageRequestDto } from '../../requests/contract.js';
import { useAction } from '../api/actions.js';
import { SAFETY_QUESTIONS, type Acuity, type SafetyAnswers } from '../api/types.js';
import { AcuityChoice } from '../intake/acuity.js';
import { suggestedAcuity } from '../intake/draft.js';
import { Safety } from '../intake/safety.js';
import { ProblemNote } from '../parts/problem-note.js';
import styles from './request.module.css';

/** The safety answers. Before the search they are asked here; what is still unknown later is asked for aloud. */
export function Triage({ request, open }: { request: StaffRequestView; open: boolean }): ReactElement {
  const { t } = useTranslation();
  const safety = request.safety as SafetyAnswers;
  const toTriage = request.state === 'received';
  const asking = open && (toTriage || request.ask.length > 0);
  return (
    <section className={styles.section} aria-labelledby="safety-title" data-tone={asking ? 'soon' : undefined}>
      <h2 id="safety-title">{t('intake.safety')}</h2>
      {asking && <p className={styles.askNote}>{t(toTriage ? 'request.triageFirst' : 'request.pleaseAsk')}</p>}
      {toTriage
        ? <TriageForm request={request} safety={safety} />
        : (
          <dl className={styles.facts}>
            {SAFETY_QUESTIONS.map((question) => (
              <div key={question} data-ask={(asking && safety[question] === 'unknown') || undefined}>
                <dt>{t(`safetyShort.${question}`)}</dt>
                <dd data-answer={safety[question]}>{t(`answer.${safety[question]}`)}</dd>
              </div>
            ))}
          </dl>
        )}
    </section>
  );
}

function TriageForm({ request, safety }: { request: StaffRequestView; safety: SafetyAnswers }): ReactElement {
  const { t } = useTranslation();
  const [answers, setAnswers] = useState(safety);
  const [acuity, setAcuity] = useState(request.acuity as Acuity | null);
  const suggestion = suggestedAcuity(answers);
  const { mutate, isPending, error } = useAction<StaffRequestView, TriageRequestDto>((body) => ({ path: `/requests/${request.id}/triage`, body }));
  return (
    <div className={styles.triage}>
      <Safety answers={answers} onChange={setAnswers} />
      <AcuityChoice chosen={acuity ?? suggestion.acuity} onChange={setAcuity} hint={acuity === null ? t(`suggested.${suggestion.because}`) : undefined} />
      <div className={styles.acts}>
        <Button size="sm" loading={isPending} onClick={() => mutate({ acuity: acuity ?? suggestion.acuity, safety: answers })}>{t('request.saveTriage')}</Button>
      </div>
      <ProblemNote fault={error} />
    </div>
  );
}
