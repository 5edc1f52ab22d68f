import type { ReactElement, ReactNode } from 'react';
import { Link } from 'react-router';
import { Icon } from '../parts/icons.js';
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
