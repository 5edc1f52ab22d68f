import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { supervisionQueries } from './queries.js';
import styles from './supervision.module.css';

/** How often what protects peers was lifted: by nobody's name, and for nobody's. */
export function LiftCounts(): ReactElement {
  const { t } = useTranslation();
  const { data, error } = useQuery(supervisionQueries.liftCounts());
  if (!data) return <ProblemNote fault={error} at="desk" />;
  const month = new Intl.DateTimeFormat(language(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${data.month}-15T00:00:00Z`));
  return (
    <section aria-labelledby="lifts-title">
      <h2 id="lifts-title">{t('supervision.lifts.title', { month })}</h2>
      <p>{t('supervision.lifts.help')}</p>
      <ul className={styles.list}>
        {data.items.map(({ gate, count }) => <li key={gate} className={styles.line}><strong>{t(`gate.${gate}.name`)}</strong><span className={styles.facts}>{count === null ? t('supervision.lifts.few') : t('supervision.lifts.count', { count })}</span></li>)}
      </ul>
    </section>
  );
}
