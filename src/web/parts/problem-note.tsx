import { useTranslation } from 'react-i18next';
import type { ReactElement } from 'react';
import { sentenceKeys } from '../api/problem.js';
import { Icon } from './icons.js';
import styles from './parts.module.css';

/** Who reads it: at the desk a refusal means something else than on a peer's phone. */
export type Reader = 'peer' | 'desk';

export function useSentence(reader: Reader = 'peer'): (fault: unknown) => string {
  const { t } = useTranslation();
  return (fault) => {
    const keys = sentenceKeys(fault);
    return t(reader === 'desk' ? [...keys.map((key) => key.replace(/^problem\./, 'deskProblem.')), ...keys] : keys);
  };
}

/** What went wrong, where it went wrong, until the next try. */
export function ProblemNote({ fault, at = 'peer' }: { fault: unknown; at?: Reader }): ReactElement | null {
  const sentence = useSentence(at);
  if (!fault) return null;
  return (
    <p className={styles.problem} role="alert">
      <Icon name="stop" />
      <span>{sentence(fault)}</span>
    </p>
  );
}
