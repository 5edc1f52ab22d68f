import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { queries } from '../api/queries.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import '../styles/desk.css';
import { Alarms } from './alarms.js';
import { BoardHeader } from './board-header.js';
import styles from './board.module.css';
import { seenThrough, summaryOf } from './filter.js';
import { HonestState } from './honest-state.js';
import { KeyHelp } from './key-help.js';
import { useKeys } from './keys.js';
import { People } from './people.js';
import { useRemembered } from '../parts/remembered.js';
import { RequestRow } from './request-row.js';

export function Board(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const list = useRef<HTMLUListElement>(null);
  const { data: board, error, isFetching, dataUpdatedAt, refetch } = useQuery(queries.board());
  const { data: programmes = [] } = useQuery(queries.programmes());
  const [remembered, remember] = useRemembered('pd.board.programme', '');
  const [keysOn, setKeysOn] = useRemembered('pd.keys', 'on');
  const [helpOpen, setHelpOpen] = useState(false);
  const programmeId = programmes.some((each) => each.id === remembered) ? remembered : null;
  const seen = board ? seenThrough(board, programmeId) : null;
  useTitle(t('board.title'), me);

  const move = (by: 1 | -1): void => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const next = at === -1 ? (by === 1 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1);
    rows[next]?.focus();
  };
  useKeys(keysOn === 'on' && pathname === '/board', { j: () => move(1), k: () => move(-1), n: () => void navigate('/board/new'), '?': () => setHelpOpen(true) });

  return (
    <div className={styles.page}>
      <a href="#requests" className="pd-skip">{t('board.skip')}</a>
      <BoardHeader
        programmes={programmes}
        programmeId={programmeId}
        onProgramme={(id) => remember(id ?? '')}
        summary={board && seen ? summaryOf(seen.requests, programmeId === null ? board.openTotal : seen.requests.length) : null}
        onKeys={() => setHelpOpen(true)}
      />
      <div className={styles.bar} data-busy={isFetching || undefined} />
      {board && <HonestState updatedAt={dataUpdatedAt} failing={error !== null} degraded={board.degraded} onRetry={() => void refetch()} />}
      {board && <Alarms board={board} programmes={programmes} />}
      <div className={styles.panes}>
        <main className={styles.requests} id="requests" tabIndex={-1}>
          <header className={styles.paneHead}><h2>{t('board.requests')}</h2></header>
          {!board && !error && <p className={styles.empty} aria-busy="true">{t('page.loading')}</p>}
          {!board && <div className={styles.fault}><ProblemNote fault={error} /></div>}
          {seen?.requests.length === 0 && (
            <div className={styles.emptyBoard}>
              <p>{t('board.empty')}</p>
              <p className="pd-dim">{t('board.emptyHelp')}</p>
            </div>
          )}
          <ul className={styles.rows} ref={list}>{seen?.requests.map((request) => <RequestRow key={request.id} request={request} />)}</ul>
          {board && board.openTotal > board.requests.length && <p className={styles.empty}>{t('board.more', { shown: board.requests.length, total: board.openTotal })}</p>}
        </main>
        {seen && <People board={seen} />}
      </div>
      {keysOn === 'on' && <p className={styles.keyHint} aria-hidden="true">{t('keys.hint')}</p>}
      <KeyHelp opened={helpOpen} onClose={() => setHelpOpen(false)} on={keysOn === 'on'} onSwitch={(on) => setKeysOn(on ? 'on' : 'off')} />
      <Outlet />
    </div>
  );
}
