import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useNavigate } from 'react-router';
import type { StaffRequestView } from '../../dispatch/contract.js';
import { queries } from '../api/queries.js';
import type { Programme } from '../api/types.js';
import { useLabels } from '../parts/labels.js';
import { Failed, troubleOf } from '../parts/failed.js';
import { useRemembered } from '../parts/remembered.js';
import { Assign } from '../request/assign.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import '../styles/desk.css';
import { Alarms } from './alarms.js';
import { BoardHeader } from './board-header.js';
import styles from './board.module.css';
import { useDeskActs } from './desk-acts.js';
import { narrowed, narrows, seenThrough, summaryOf } from './filter.js';
import { Filters } from './filters.js';
import { HandOverNotes } from './hand-over.js';
import { HonestState } from './honest-state.js';
import { KeyBar, type RowAct } from './key-bar.js';
import { KeyHelp } from './key-help.js';
import { useKeys } from './keys.js';
import listStyles from './list.module.css';
import { MoreOpen } from './more-open.js';
import { People } from './people.js';
import { RequestList } from './request-list.js';
import { useRowFocus } from './row-focus.js';
import { LastHeard } from './sound-switch.js';
import { useBoardFilter } from './use-filter.js';
import { WriteNote } from './write-note.js';

const NONE: readonly Programme[] = [];
const NO_REQUESTS: readonly StaffRequestView[] = [];

export function Board(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const labels = useLabels();
  const list = useRef<HTMLUListElement>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const [most, setMost] = useState<number>();
  const look = useQuery({ ...queries.board(most), placeholderData: keepPreviousData });
  const { data: board, isFetching, dataUpdatedAt, refetch } = look;
  const error = troubleOf(look);
  const { data: programmes = NONE } = useQuery(queries.programmes());
  const [keysOn, setKeysOn] = useRemembered('pd.keys', 'on');
  const [open, setOpen] = useState<'keys' | 'note' | null>(null);
  const [assigning, assign] = useState<string | null>(null);
  const [filter, setFilter] = useBoardFilter();
  const [search, setSearch] = useState('');
  const programmeId = programmes.some((each) => each.id === filter.programme) ? filter.programme : null;
  const seen = useMemo(() => (board ? seenThrough(board, programmeId) : null), [board, programmeId]);
  const requests = seen ? narrowed(seen.requests, filter, search, { me: me.account.id, wordsOf: (code) => labels.wordsOf('languages', code) }) : NO_REQUESTS;
  const rows = useRowFocus(list, requests.map(({ id }) => id));
  const selected = requests.find(({ id }) => id === rows.selected) ?? null;
  const acts = useDeskActs(rows.restore);
  useTitle(t('board.title'), me);
  usePrintSheetAtHand();

  const act = (what: RowAct): void => {
    if (!selected) return;
    if (what === 'assign') assign(selected.id);
    else acts[what](selected);
  };
  useKeys(keysOn === 'on' && pathname === '/board', {
    j: () => rows.move(1), k: () => rows.move(-1), n: () => void navigate('/board/new'), '?': () => setOpen('keys'), '/': () => searchBox.current?.focus(),
    a: () => act('assign'), r: () => act('reOffer'), e: () => act('escalate'), x: () => act('cancel'), u: acts.undo,
  });
  const narrow = narrows(filter) || search.trim() !== '';
  const total = seen?.openTotal ?? 0;

  return (
    <div className={styles.page}>
      <a href="#requests" className="pd-skip">{t('board.skip')}</a>
      <BoardHeader
        programmes={programmes}
        programmeId={programmeId}
        onProgramme={(programme) => setFilter({ programme })}
        summary={seen ? summaryOf(seen) : null}
        onKeys={() => setOpen('keys')}
        onNote={() => setOpen('note')}
      />
      <div className={styles.bar} data-busy={isFetching || undefined} />
      {board && <HonestState updatedAt={dataUpdatedAt} failing={error !== null} degraded={board.degraded} onRetry={() => void refetch()} />}
      {board && <Alarms board={board} programmes={programmes} />}
      <HandOverNotes programmes={programmes} programmeId={programmeId} />
      <div className={styles.panes}>
        <main className={styles.requests} id="requests" tabIndex={-1}>
          <header className={listStyles.head}>
            <h2>{t('board.requests')}{narrow && <span className={listStyles.shown}> {t('filter.shown', { shown: requests.length, total })}</span>}</h2>
            <Filters
              filter={filter} onFilter={setFilter} search={search} onSearch={setSearch} searchBox={searchBox} onLeave={rows.restore}
              languages={seen?.requests.map(({ language }) => language) ?? []}
            />
          </header>
          {!board && !error && <p className={styles.empty} aria-busy="true">{t('page.loading')}</p>}
          {!board && error && <div className={styles.fault}><Failed fault={error} at="desk" onRetry={() => void refetch()} /></div>}
          {total === 0 && seen && (
            <div className={styles.emptyBoard}>
              <p>{t('board.empty')}</p>
              <p className="pd-dim">{t('board.emptyHelp')}</p>
            </div>
          )}
          {narrow && requests.length === 0 && (seen?.requests.length ?? 0) > 0 && <p className={styles.empty}>{t('filter.none', { total })}</p>}
          <RequestList requests={requests} programmes={programmeId === null && programmes.length > 1 ? programmes : NONE} list={list} />
          {board && seen && <MoreOpen shown={seen.requests.length} total={total} listed={board.requests.length} onMore={setMost} />}
        </main>
        {seen && <People board={seen} />}
      </div>
      <div className={listStyles.foot}>
        {acts.outcome}
        <LastHeard />
        <KeyBar number={selected?.number ?? null} keysOn={keysOn === 'on'} onAct={act} />
      </div>
      {acts.dialog}
      {assigning !== null && (
        <Assign
          requestId={assigning}
          onDone={() => {
            assign(null);
            requestAnimationFrame(rows.restore);
          }}
        />
      )}
      <KeyHelp opened={open === 'keys'} onClose={() => setOpen(null)} on={keysOn === 'on'} onSwitch={(on) => setKeysOn(on ? 'on' : 'off')} />
      {board && <WriteNote opened={open === 'note'} onClose={() => setOpen(null)} board={board} programmes={programmes} programmeId={programmeId} />}
      <Outlet />
    </div>
  );
}

/** The sheet for when everything is down is fetched while everything is up. */
function usePrintSheetAtHand(): void {
  useEffect(() => {
    const timer = setTimeout(() => void import('./print-sheet.js').catch(() => undefined), 3_000);
    return () => clearTimeout(timer);
  }, []);
}
