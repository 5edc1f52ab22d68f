import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CoverView } from '../../dispatch/contract.js';
import { queries } from '../api/queries.js';
import { language } from '../i18n.js';
import { Icon } from '../parts/icons.js';
import { clockTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import styles from './board.module.css';

/** A relapse policy that ran out is said where the desk looks: soon nobody is asked by it any more. */
export function PolicyNotes({ cover }: { cover: readonly CoverView[] }): ReactElement | null {
  const { t } = useTranslation();
  const { data: programmes = [] } = useQuery(queries.programmes());
  const run = cover.filter(({ relapsePolicy }) => relapsePolicy.kind !== 'in-force');
  if (run.length === 0) return null;
  return (
    <ul className={styles.thin} aria-label={t('policyNote.title')}>
      {run.map(({ programmeId, relapsePolicy: { kind, confirmBy } }) => (
        <li key={programmeId}>
          <Icon name="alert" size={14} />
          <span>
            <strong>{programmes.find(({ id }) => id === programmeId)?.name ?? t('board.aProgramme')}:</strong>{' '}
            {t(`policyNote.${kind}`, { time: confirmBy && clockTime(new Date(confirmBy), new Date(serverNow()), language()) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
