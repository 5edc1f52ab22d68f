import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CoverView } from '../../dispatch/contract.js';
import { queries } from '../api/queries.js';
import { language } from '../i18n.js';
import { Icon } from '../parts/icons.js';
import { useLabels } from '../parts/labels.js';
import { clockTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import styles from './board.module.css';

type Thin = CoverView['thin'][number];

/** "Spanish after 00:00": what is missing, or will be if nobody else comes on duty. */
export function useThinWords(): (thin: Thin) => string {
  const { t } = useTranslation();
  const labels = useLabels();
  return ({ kind, language: spoken, from }) => {
    const what = kind === 'language' ? labels.of('languages', spoken ?? '') : t(`thin.${kind}`);
    return from === null ? t('thin.now', { what }) : t('thin.after', { what, time: clockTime(new Date(from), new Date(serverNow()), language()) });
  };
}

const SHOWN = 4;

export function ThinCover({ cover }: { cover: readonly CoverView[] }): ReactElement | null {
  const { t } = useTranslation();
  const words = useThinWords();
  const { data: programmes = [] } = useQuery(queries.programmes());
  const thin = cover.filter((each) => each.thin.length > 0);
  if (thin.length === 0) return null;
  return (
    <ul className={styles.thin} aria-label={t('thin.title')}>
      {thin.map(({ programmeId, thin: missing }) => (
        <li key={programmeId}>
          <Icon name="alert" size={14} />
          <span>
            <strong>{t('thin.of', { programme: programmes.find(({ id }) => id === programmeId)?.name ?? t('board.aProgramme') })}</strong>{' '}
            {missing.slice(0, SHOWN).map((each) => words(each)).join(' · ')}
            {missing.length > SHOWN && ` · ${t('thin.more', { count: missing.length - SHOWN })}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
