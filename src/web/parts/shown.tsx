import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/problem.js';
import { HonestState } from '../board/honest-state.js';
import { Failed, troubleOf } from './failed.js';

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly failureReason: Error | null;
  readonly dataUpdatedAt: number;
  readonly refetch: () => unknown;
}

/** What a query has to show: its data, also while that is stale, else that it is coming, or why not. */
export function Shown<T>({ asked, children }: { asked: Asked<T>; children: (data: T) => ReactNode }): ReactElement {
  const { t } = useTranslation();
  const { data } = asked;
  const error = troubleOf(asked);
  // Whoever may no longer see it does not go on seeing what was there before.
  const refused = error instanceof ApiProblem && error.status === 403;
  if (data === undefined || refused) return error ? <Failed fault={error} at="desk" onRetry={() => void asked.refetch()} /> : <p className="pd-dim" aria-busy="true">{t('page.loading')}</p>;
  return (
    <>
      <HonestState updatedAt={asked.dataUpdatedAt} failing={error !== null} degraded={[]} onRetry={() => void asked.refetch()} within />
      {children(data)}
    </>
  );
}
