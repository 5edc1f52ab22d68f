import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiProblem } from '../api/problem.js';
import { HonestState } from '../board/honest-state.js';
import { Icon } from '../parts/icons.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Forbidden } from '../shell/page-fault.js';
import styles from './page-parts.module.css';

/** The name of a page, what it is for, and the one thing most often done on it. */
export function PageHead({ title, help, children }: { title: string; help?: string; children?: ReactNode }): ReactElement {
  return (
    <div className={styles.head}>
      <div>
        <h1>{title}</h1>
        {help !== undefined && <p>{help}</p>}
      </div>
      {children}
    </div>
  );
}

export function BackLink({ to, children }: { to: string; children: string }): ReactElement {
  return <Link to={to} className={styles.back}><Icon name="back" />{children}</Link>;
}

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly dataUpdatedAt: number;
  readonly refetch: () => unknown;
}

/** What a query has to show: its data, also while that is stale, else that it is coming, or why not. */
export function Shown<T>({ asked, children }: { asked: Asked<T>; children: (data: T) => ReactNode }): ReactElement {
  const { t } = useTranslation();
  const { data, error } = asked;
  if (error instanceof ApiProblem && error.status === 403) return <Forbidden />;
  if (data === undefined) return error ? <ProblemNote fault={error} /> : <p className="pd-dim" aria-busy="true">{t('page.loading')}</p>;
  return (
    <>
      <HonestState updatedAt={asked.dataUpdatedAt} failing={error !== null} degraded={[]} onRetry={() => void asked.refetch()} version={false} />
      {children(data)}
    </>
  );
}

/** Says what will appear here and how. */
export function Empty({ children }: { children: ReactNode }): ReactElement {
  return <p className={styles.empty}>{children}</p>;
}

/** A table that becomes a list of cards on a phone: each cell then carries its column's name. */
export function Table({ label, columns, children }: { label: string; columns: readonly string[]; children: ReactNode }): ReactElement {
  return (
    <table className={styles.table} aria-label={label}>
      <thead><tr>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
      <tbody>{children}</tbody>
    </table>
  );
}
