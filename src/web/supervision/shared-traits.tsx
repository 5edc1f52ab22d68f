import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { supervisionQueries } from './queries.js';
import styles from './supervision.module.css';

const SHELF = { population: 'populations', experience: 'experience', skill: 'skills' } as const;

/** What a peer lets their supervisor know of themself, and nobody besides. */
export function SharedTraits({ personId }: { personId: string }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const { data, error } = useQuery(supervisionQueries.sharedTraits(personId));
  return (
    <section aria-labelledby="shared-title">
      <h2 id="shared-title">{t('supervision.shared.title')}</h2>
      {!data && (error ? <ProblemNote fault={error} at="desk" /> : <p aria-busy="true">{t('page.loading')}</p>)}
      {data && <p className="pd-dim">{t(data.length === 0 ? 'supervision.shared.none' : 'supervision.shared.help')}</p>}
      {data && data.length > 0 && (
        <ul className={styles.list}>
          {data.map(({ kind, code }) => <li key={`${kind}:${code}`} className={styles.line}>{labels.of(SHELF[kind], code)}</li>)}
        </ul>
      )}
    </section>
  );
}
