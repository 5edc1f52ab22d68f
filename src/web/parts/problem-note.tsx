import { useTranslation } from 'react-i18next';
import type { ReactElement } from 'react';
import { sentenceKeys } from '../api/problem.js';
import { Icon } from './icons.js';
import styles from './parts.module.css';

export function useSentence(): (fault: unknown) => string {
  const { t } = useTranslation();
  return (fault) => t(sentenceKeys(fault));
}

/** What went wrong, where it went wrong, until the next try. */
export function ProblemNote({ fault }: { fault: unknown }): ReactElement | null {
  const sentence = useSentence();
  if (!fault) return null;
  return (
    <p className={styles.problem} role="alert">
      <Icon name="stop" />
      <span>{sentence(fault)}</span>
    </p>
  );
}
