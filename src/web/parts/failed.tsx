import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/problem.js';
import { ProblemNote, type Reader } from './problem-note.js';

/** Why a look is behind: known from the first try that failed, since three tries that nobody answers take a minute. */
export function troubleOf({ error, failureReason }: { readonly error: Error | null; readonly failureReason: Error | null }): Error | null {
  return error ?? failureReason;
}

/** Why there is nothing to show, and to ask once more; an answer given on purpose would be the same again. */
export function Failed({ fault, onRetry, at = 'peer' }: { fault: Error; onRetry: () => void; at?: Reader }): ReactElement {
  const { t } = useTranslation();
  const onPurpose = fault instanceof ApiProblem && fault.status < 500;
  return (
    <div>
      <ProblemNote fault={fault} at={at} />
      {!onPurpose && <Button variant="default" mt={12} onClick={onRetry}>{t('page.retry')}</Button>}
    </div>
  );
}
