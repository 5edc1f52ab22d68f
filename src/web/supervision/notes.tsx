import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotesView } from '../../supervision/sessions.contract.js';
import { call } from '../api/http.js';
import { ProblemNote } from '../parts/problem-note.js';
import { dayAndTime } from './dates.js';
import styles from './supervision.module.css';

/** Long enough to read a page of notes on a screen that others may see. */
const OPEN_MS = 60_000;

/** Opens on purpose and closes by itself; what it showed is kept nowhere on the page. */
export function Notes({ path }: { path: string }): ReactElement {
  const { t } = useTranslation();
  const { data, error, isPending, mutate, reset } = useMutation({ mutationFn: () => call<NotesView>(path), gcTime: 0 });
  useEffect(() => {
    if (!data) return undefined;
    const timer = setTimeout(reset, OPEN_MS);
    return () => clearTimeout(timer);
  }, [data, reset]);
  if (!data) {
    return (
      <div className={styles.acts}>
        <Button variant="default" h={44} loading={isPending} onClick={() => mutate()}>{t('mySupervision.notes.open')}</Button>
        <ProblemNote fault={error} />
      </div>
    );
  }
  return (
    <section className={styles.facts} aria-label={t('mySupervision.notes.title')} data-sealed>
      <div className={styles.notes}>
        {data.text ?? t('mySupervision.notes.none')}
        {data.reads.length > 0 && <ul>{data.reads.map(({ name, at }) => <li key={name + at}>{t('mySupervision.notes.read', { name, time: dayAndTime(at) })}</li>)}</ul>}
      </div>
      <Button variant="subtle" h={44} onClick={reset}>{t('mySupervision.notes.close')}</Button>
    </section>
  );
}
