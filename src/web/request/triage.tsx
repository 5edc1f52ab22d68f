import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffRequestView } from '../../dispatch/contract.js';
import type { TriageRequestDto } from '../../requests/contract.js';
import { useAction } from '../api/actions.js';
import { SAFETY_QUESTIONS, type Acuity, type SafetyAnswers, type SafetyQuestion } from '../api/types.js';
import { AcuityChoice } from '../intake/acuity.js';
import { suggestedAcuity } from '../intake/draft.js';
import { Safety } from '../intake/safety.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useMay } from './may.js';
import styles from './request.module.css';

/** The safety answers. Before the search they are asked here; what is still unknown later is asked for aloud. */
export function Triage({ request, open }: { request: StaffRequestView; open: boolean }): ReactElement {
  const { t } = useTranslation();
  const { coordinate } = useMay();
  const safety = request.safety as SafetyAnswers;
  const toTriage = request.state === 'received';
  const unknown = SAFETY_QUESTIONS.filter((question) => safety[question] === 'unknown');
  const asking = open && (toTriage || unknown.length > 0);
  const answers = (): ReactElement => {
    if (!asking || !coordinate) return <Answers safety={safety} questions={SAFETY_QUESTIONS} asking={asking} />;
    if (toTriage) return <TriageForm request={request} safety={safety} />;
    return (
      <>
        <StillToAsk request={request} unknown={unknown} />
        <Answers safety={safety} questions={SAFETY_QUESTIONS.filter((question) => !unknown.includes(question))} asking={false} />
      </>
    );
  };
  return (
    <section className={styles.section} aria-labelledby="safety-title" data-tone={asking ? 'soon' : undefined}>
      <h2 id="safety-title">{t('intake.safety')}</h2>
      {asking && <p className={styles.askNote}>{t(toTriage ? 'request.triageFirst' : 'request.pleaseAsk')}</p>}
      {answers()}
      {open && safety.minor === 'yes' && <p className={styles.explain}>{t('request.minor')}</p>}
    </section>
  );
}

function Answers({ safety, questions, asking }: { safety: SafetyAnswers; questions: readonly SafetyQuestion[]; asking: boolean }): ReactElement {
  const { t } = useTranslation();
  return (
    <dl className={styles.facts}>
      {questions.map((question) => (
        <div key={question} data-ask={(asking && safety[question] === 'unknown') || undefined}>
          <dt>{t(`safetyShort.${question}`)}</dt>
          <dd data-answer={safety[question]}>{t(`answer.${safety[question]}`)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Each answer counts at once: danger that comes out goes to the partners without a further tap. */
function StillToAsk({ request, unknown }: { request: StaffRequestView; unknown: readonly SafetyQuestion[] }): ReactElement {
  const safety = request.safety as SafetyAnswers;
  const { mutate, isPending, variables, error } = useAction<StaffRequestView, TriageRequestDto>((body) => ({ path: `/requests/${request.id}/triage`, body }));
  const answered = (answers: SafetyAnswers): void => {
    const changed = Object.fromEntries(unknown.filter((question) => answers[question] !== safety[question]).map((question) => [question, answers[question]]));
    if (Object.keys(changed).length > 0) mutate({ acuity: (request.acuity ?? suggestedAcuity(answers).acuity) as Acuity, safety: changed });
  };
  return (
    <div className={styles.triage} aria-busy={isPending}>
      <Safety answers={isPending ? { ...safety, ...variables.safety } : safety} questions={unknown} onChange={answered} />
      <ProblemNote fault={error} at="desk" />
    </div>
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
        <Button size="sm" color={suggestion.because === 'danger' ? 'red.7' : undefined} loading={isPending} onClick={() => mutate({ acuity: acuity ?? suggestion.acuity, safety: answers })}>
          {t(suggestion.because === 'danger' ? 'request.saveDanger' : 'request.saveTriage')}
        </Button>
      </div>
      <ProblemNote fault={error} at="desk" />
    </div>
  );
}
