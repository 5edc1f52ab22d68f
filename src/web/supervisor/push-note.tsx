import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { usePush } from '../notify/notifying.js';
import { ProblemNote } from '../parts/problem-note.js';
import styles from './supervisor.module.css';

/** While this device cannot be told of a page, it says so, and offers the tap that changes it. */
export function PushNote(): ReactElement | null {
  const { t } = useTranslation();
  const { state, way, start, starting, error } = usePush();
  if (state === undefined || state === 'on') return null;
  return (
    <section className={styles.note} aria-label={t('supervise.push.title')}>
      <p>{t(`supervise.push.${way}`)}</p>
      {state === 'ready' && <Button variant="default" h={44} loading={starting} onClick={start}>{t('supervise.push.turnOn')}</Button>}
      <ProblemNote fault={error} />
    </section>
  );
}
