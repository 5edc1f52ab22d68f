import { useRef, type KeyboardEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ANSWERS, SAFETY_QUESTIONS, type Answer, type SafetyAnswers, type SafetyQuestion } from '../api/types.js';
import { answerOfKey } from './draft.js';
import styles from './intake.module.css';

/** The safety questions, one key each: Y, N or U answers and goes on to the next. */
export function Safety({ answers, onChange, focusFirst = false }: { answers: SafetyAnswers; onChange: (answers: SafetyAnswers) => void; focusFirst?: boolean }): ReactElement {
  const { t } = useTranslation();
  const group = useRef<HTMLDivElement>(null);
  const answer = (question: SafetyQuestion, value: Answer): void => onChange({ ...answers, [question]: value });
  const press = (event: KeyboardEvent, question: SafetyQuestion): void => {
    const value = event.ctrlKey || event.metaKey || event.altKey ? null : answerOfKey(event.key);
    if (value === null) return;
    event.preventDefault();
    answer(question, value);
    const next = SAFETY_QUESTIONS[SAFETY_QUESTIONS.indexOf(question) + 1];
    const target = next
      ? group.current?.querySelector<HTMLElement>(`input[name="${next}"]:checked`)
      : group.current?.querySelector<HTMLElement>(`input[name="${question}"][value="${value}"]`);
    target?.focus();
  };
  return (
    <div ref={group} className={styles.safety}>
      {SAFETY_QUESTIONS.map((question) => (
        <fieldset key={question} className={styles.question} onKeyDown={(event) => press(event, question)}>
          <legend>{t(`safety.${question}`)}</legend>
          <div className={styles.answers}>
            {ANSWERS.map((value) => (
              <label key={value} className={styles.answer} data-answer={value}>
                <input type="radio" className="pd-hidden" name={question} value={value} data-autofocus={(focusFirst && question === SAFETY_QUESTIONS[0] && value === answers[question]) || undefined} checked={answers[question] === value} onChange={() => answer(question, value)} />
                <span aria-hidden="true" className={styles.answerKey}>{t(`answerKey.${value}`)}</span>
                {t(`answer.${value}`)}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
