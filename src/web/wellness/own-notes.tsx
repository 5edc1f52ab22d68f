import { Button, Textarea } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteView } from '../../wellness/contract.js';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf } from '../parts/tokens.js';
import { useAsked } from './queries.js';
import { momentWords } from './words.js';
import styles from './wellness.module.css';

/** One's own words: for oneself, or for supervisor and deputy to read. */
export function OwnNotes({ notes }: { notes: readonly NoteView[] }): ReactElement {
  const { t } = useTranslation();
  const asked = useAsked();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<'own' | 'shared'>('own');
  const add = useAction(() => ({ path: '/me/wellness/notes', body: { kind, text } }), { done: () => {
    setText('');
    asked();
  } });
  const forget = useAction<unknown, string>((id) => ({ method: 'DELETE', path: `/me/wellness/notes/${id}` }), { done: asked });
  return (
    <>
      <h2>{t('wellness.notes.title')}</h2>
      <p>{t('wellness.notes.help')}</p>
      <ul className={styles.list}>
        {notes.map((note) => (
          <li key={note.id}>
            <p className={styles.text}>{note.text}</p>
            <p className={styles.dim}>{t(`wellness.notes.${note.kind}`)} · {momentWords(note.at)}</p>
            <Button mih={44} variant="subtle" onClick={() => forget.mutate(note.id)}>{t('wellness.notes.forget')}</Button>
          </li>
        ))}
      </ul>
      <div className={styles.fields}>
        <Textarea label={t('wellness.notes.new')} autosize minRows={2} maxLength={4000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <OneOf label={t('wellness.notes.forWhom')} options={(['own', 'shared'] as const).map((value) => ({ value, label: t(`wellness.notes.${value}`) }))} chosen={kind} onChange={setKind} />
        <ProblemNote fault={add.error ?? forget.error} />
        <Button mih={44} variant="default" disabled={text.trim() === ''} loading={add.isPending} onClick={() => add.mutate()}>{t('wellness.notes.keep')}</Button>
      </div>
    </>
  );
}
