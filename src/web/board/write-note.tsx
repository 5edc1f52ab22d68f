import { Button, Modal, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardView } from '../../dispatch/contract.js';
import type { HandOverNoteView } from '../../requests/contract.js';
import { useAction } from '../api/actions.js';
import { queries } from '../api/queries.js';
import type { Programme } from '../api/types.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf } from '../parts/tokens.js';
import { useMe } from '../shell/session.js';
import { Facts, openNotes } from './hand-over.js';
import { factsNow } from './hand-over-facts.js';
import { MOST } from './more-open.js';
import styles from './notes.module.css';

const LONGEST = 4_000;

/** The figures are written by themselves; what only a person knows is typed. Nothing typed is kept in this browser. */
export function WriteNote({ opened, onClose, board, programmes, programmeId }: {
  opened: boolean;
  onClose: () => void;
  board: BoardView;
  programmes: readonly Programme[];
  programmeId: string | null;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('handOver.write')} size="lg" closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {opened && <Form onClose={onClose} board={board} programmes={programmes} first={programmeId ?? programmes[0]?.id ?? ''} />}
    </Modal>
  );
}

function Form({ onClose, board, programmes, first }: { onClose: () => void; board: BoardView; programmes: readonly Programme[]; first: string }): ReactElement {
  const { t } = useTranslation();
  const { account } = useMe();
  const { data: notes = [] } = useQuery(openNotes());
  // The server counts all that is open; the board may show fewer.
  const { data: whole = board } = useQuery({ ...queries.board(MOST), enabled: board.openTotal > board.requests.length });
  const [programmeId, choose] = useState(first);
  const [text, setText] = useState('');
  const { mutate, isPending, error } = useAction<HandOverNoteView, { programmeId: string; text: string }>((body) => ({ path: '/hand-over-notes', body }), { done: onClose });
  const waiting = notes.find((note) => note.programmeId === programmeId);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') mutate({ programmeId, text: text.trim() });
  };
  return (
    <form className={styles.form} onSubmit={send}>
      {programmes.length > 1 && <OneOf label={t('board.programme')} options={programmes.map(({ id, name }) => ({ value: id, label: name }))} chosen={programmeId} onChange={choose} />}
      <div className={styles.written}>
        <h3>{t('handOver.byItself')}</h3>
        <p><Facts facts={factsNow(whole, programmeId)} /></p>
      </div>
      {waiting && <p className={styles.waiting}>{t(waiting.writtenBy === account.id ? 'handOver.anew' : 'handOver.others', { name: waiting.writtenByName })}</p>}
      <Textarea
        data-autofocus label={t('handOver.text')} description={t('handOver.textHelp')} autosize minRows={5} maxRows={14} maxLength={LONGEST} autoComplete="off"
        value={text} onChange={(event) => setText(event.currentTarget.value)}
      />
      <ProblemNote fault={error} />
      <div className={styles.end}>
        <Button variant="default" onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" disabled={text.trim() === ''} loading={isPending}>{t('handOver.leave')}</Button>
      </div>
    </form>
  );
}
