import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './parts.module.css';

const SHAPES: Readonly<Record<number, ReactElement>> = {
  1: <path d="M7 0.5 13.5 7 7 13.5 0.5 7Z" />,
  2: <path d="M7 1 13.6 12.6H0.4Z" />,
  3: <circle cx="7" cy="7" r="5.5" />,
  4: <circle cx="7" cy="7" r="4.6" fill="none" stroke="currentColor" strokeWidth="2" />,
};

/** Urgency as a shape and a word; red only when somebody must act now. */
export function Urgency({ level, act = false, word = true }: { level: number; act?: boolean; word?: boolean }): ReactElement {
  const { t } = useTranslation();
  const tone = act ? styles.act : level <= 2 ? styles.soon : styles.calm;
  return (
    <span className={`${styles.urgency} ${tone}`}>
      <svg viewBox="0 0 14 14" width="14" height="14" fill="currentColor" aria-hidden="true">{SHAPES[level]}</svg>
      <span className={word ? undefined : 'pd-hidden'}>{t(`acuity.${level}`)}</span>
    </span>
  );
}
