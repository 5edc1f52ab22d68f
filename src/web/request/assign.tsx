import { Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffRequestView } from '../../dispatch/contract.js';
import type { MatchView } from '../../dispatch/match.contract.js';
import { queries } from '../api/queries.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf } from '../parts/tokens.js';
import '../styles/desk.css';
import { AssignHow } from './assign-how.js';
import styles from './assign.module.css';
import { CandidateLine } from './candidate-line.js';
import { choicesOf, SEATS, stepped, type Choice, type Seat } from './candidates.js';

const TYPING_MS = 200;

/** Assigning by hand, over whatever page one is on: whom, then how they agreed. Closes with `onDone`. */
export function Assign({ requestId, onDone }: { requestId: string; onDone: () => void }): ReactElement {
  const { t } = useTranslation();
  const { data: match, error } = useQuery(queries.match(requestId));
  const { data: request } = useQuery(queries.request(requestId));
  const [written, setWritten] = useState(false);
  return (
    <Modal opened onClose={onDone} closeOnEscape={!written} closeOnClickOutside={!written} size={720} title={t('assign.title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {match && request
        ? <Choosing match={match} request={request} onWritten={setWritten} onDone={onDone} />
        : error ? <ProblemNote fault={error} at="desk" /> : <p className="pd-dim" aria-busy="true">{t('page.loading')}</p>}
    </Modal>
  );
}

function Choosing({ match, request, onWritten, onDone }: { match: MatchView; request: StaffRequestView; onWritten: (written: boolean) => void; onDone: () => void }): ReactElement {
  const { t } = useTranslation();
  const [seat, setSeat] = useState<Seat>(usualSeat(match, request));
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState<string | null>(null);
  const how = useRef<HTMLDivElement>(null);
  const [asked] = useDebouncedValue(search.trim(), TYPING_MS);
  const { data: peers = [] } = useQuery({ ...queries.peersNamed(asked), enabled: asked !== '' });
  const choices = choicesOf(match, peers, search, new Set(request.seats.map(({ personId }) => personId)));
  const chosen = choices.find(({ personId }) => personId === picked) ?? choices[0];
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setPicked(stepped(choices, chosen?.personId ?? null, event.key === 'ArrowDown' ? 1 : -1));
    else if (event.key === 'Enter') how.current?.querySelector<HTMLElement>('input, button')?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.assign}>
      {!match.supervisorCover && <p className={styles.note} role="status">{t('assign.noCover')}</p>}
      {!match.policyServes && <p className={styles.note} role="status">{t('assign.noPolicy')}</p>}
      {request.assignment !== null && request.assignment.state !== 'ended' && (
        <OneOf label={t('assign.seat')} options={SEATS.map((value) => ({ value, label: t(`seatName.${value}`) }))} chosen={seat} onChange={setSeat} />
      )}
      <Whom choices={choices} chosen={chosen} search={search} onSearch={setSearch} onChoose={setPicked} onKeyDown={press} />
      <div ref={how} className={styles.how}>
        {chosen && <AssignHow key={chosen.personId} request={request} seat={seat} choice={chosen} onWritten={onWritten} onDone={onDone} />}
      </div>
    </div>
  );
}

/** A lead who is there keeps their seat: whoever comes now comes beside them. */
function usualSeat(match: MatchView, { assignment }: StaffRequestView): Seat {
  const led = assignment !== null && assignment.state !== 'ended' && assignment.handingOverSince === null;
  return led ? 'buddy' : match.seat;
}

interface WhomProps {
  readonly choices: readonly Choice[];
  readonly chosen: Choice | undefined;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly onChoose: (personId: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** One of the listed is always chosen, so that Enter goes on at once. */
function Whom({ choices, chosen, search, onSearch, onChoose, onKeyDown }: WhomProps): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // The list comes after the dialogue has opened, so the dialogue found nothing to focus.
  useEffect(() => field.current?.focus(), []);
  const optionId = (personId: string): string => `${id}-${personId}`;
  return (
    <div>
      <TextInput
        ref={field} label={t('assign.whom')} placeholder={t('assign.whomHint')} value={search} autoComplete="off" role="combobox" aria-expanded aria-controls={id}
        aria-activedescendant={chosen ? optionId(chosen.personId) : undefined} onChange={(event) => onSearch(event.currentTarget.value)} onKeyDown={onKeyDown}
      />
      {choices.length === 0 && <p className={styles.nobody}>{t(search.trim() === '' ? 'assign.nobody' : 'common.nothingFound')}</p>}
      <div id={id} role="listbox" aria-label={t('assign.whom')} className={styles.choices}>
        {choices.map((choice) => (
          <div
            key={choice.personId} id={optionId(choice.personId)} role="option" aria-selected={choice === chosen} tabIndex={-1} className={styles.choice}
            ref={(line) => { if (choice === chosen) line?.scrollIntoView({ block: 'nearest' }); }} onClick={() => onChoose(choice.personId)} onKeyDown={onKeyDown}
          >
            <CandidateLine choice={choice} />
          </div>
        ))}
      </div>
    </div>
  );
}
