import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ANSWERS, SAFETY_QUESTIONS, type Answer, type SafetyAnswers, type SafetyQuestion } from '../api/types.js';
import { answerOfKey } from './draft.js';
import styles from './intake.module.css';

interface Props {
  readonly answers: SafetyAnswers;
  readonly onChange: (answers: SafetyAnswers) => void;
  /** Those to ask; all of them, unless some are known. */
  readonly questions?: readonly SafetyQuestion[];
  /** The last one was answered by key. */
  readonly onAnswered?: () => void;
  readonly focusFirst?: boolean;
}

/** The safety questions, one key each: Y, N or U answers and goes on to the next. */
export function Safety({ answers, onChange, questions = SAFETY_QUESTIONS, onAnswered, focusFirst = false }: Props): ReactElement {
  const { t } = useTranslation();
  const group = useRef<HTMLDivElement>(null);
  // The dialogue around it may have opened before there was anything to focus.
  useEffect(() => {
    if (focusFirst) group.current?.querySelector<HTMLElement>('input:checked')?.focus();
  }, [focusFirst]);
  const answer = (question: SafetyQuestion, value: Answer): void => onChange({ ...answers, [question]: value });
  const press = (event: KeyboardEvent, question: SafetyQuestion): void => {
    const value = event.ctrlKey || event.metaKey || event.altKey ? null : answerOfKey(event.key);
    if (value === null) return;
    event.preventDefault();
    answer(question, value);
    const next = questions[questions.indexOf(question) + 1];
    const target = group.current?.querySelector<HTMLElement>(next ? `[data-question="${next}"] input:checked` : `[data-question="${question}"] input[value="${value}"]`);
    target?.focus();
    if (!next) onAnswered?.();
  };
  return (
    <div ref={group} className={styles.safety}>
      {questions.map((question, index) => (
        <fieldset key={question} className={styles.question} data-question={question} onKeyDown={(event) => press(event, question)}>
          <legend>{t(`safety.${question}`)}</legend>
          <div className={styles.answers}>
            {ANSWERS.map((value) => (
              <label key={value} className={styles.answer} data-answer={value}>
                <input
                  type="radio" className="pd-hidden" name={question} value={value} data-autofocus={(focusFirst && index === 0 && value === answers[question]) || undefined}
                  data-ask-first={(index === 0 && value === answers[question]) || undefined} checked={answers[question] === value} onChange={() => answer(question, value)}
                />
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
