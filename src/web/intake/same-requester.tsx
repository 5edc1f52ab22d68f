import { useCallback, useEffect, useRef, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenRequestView, SameRequesterDto, SameRequesterView } from '../../requests/same-requester.contract.js';
import { call } from '../api/http.js';
import { Elapsed } from '../time/now.js';
import styles from './intake.module.css';

const PAUSE_MS = 600;
/** Less than this is still being typed. */
const SHORTEST = 4;

interface SameHint {
  readonly open: OpenRequestView | null;
  /** The field was left: look without waiting for a pause. */
  readonly look: () => void;
}

/** Looks whether somebody known by this is waiting already. A fault says nothing: the hint helps, the request counts. */
export function useSameRequester(typed: string): SameHint {
  const key = typed.trim();
  const [found, setFound] = useState<{ readonly key: string; readonly open: OpenRequestView | null } | null>(null);
  const asking = useRef<{ readonly key: string; readonly leave: AbortController } | null>(null);
  const look = useCallback(() => {
    if (key.length < SHORTEST || asking.current?.key === key) return;
    asking.current?.leave.abort();
    const leave = new AbortController();
    asking.current = { key, leave };
    const body: SameRequesterDto = { requesterKey: key };
    call<SameRequesterView>('/requests/same-requester', { method: 'POST', body, signal: leave.signal }).then(({ open }) => setFound({ key, open }), () => undefined);
  }, [key]);
  useEffect(() => {
    const pause = setTimeout(look, PAUSE_MS);
    return () => clearTimeout(pause);
  }, [look]);
  useEffect(() => () => asking.current?.leave.abort(), []);
  return { open: found?.key === key ? found.open : null, look };
}

/** Opens beside the form, which keeps what was typed. */
export function SameRequesterNote({ open }: Pick<SameHint, 'open'>): ReactElement {
  const { t } = useTranslation();
  return (
    <p role="status" className={styles.same}>
      {open && (
        <>
          {t('intake.same', { number: open.number })} <Elapsed since={open.waitingSince} />{' '}
          <a href={`/requests/${open.requestId}`} target="_blank" rel="noreferrer">{t('intake.sameOpen')}</a>
        </>
      )}
    </p>
  );
}
