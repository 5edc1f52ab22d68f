import { memo, type ReactElement, type RefObject } from 'react';
import type { StaffRequestView } from '../../dispatch/contract.js';
import type { Programme } from '../api/types.js';
import { useLabels } from '../parts/labels.js';
import styles from './list.module.css';
import { RequestRow } from './request-row.js';
import { useRowMotion } from './row-motion.js';

/** Drawn anew only when what it shows has changed: moving along three hundred rows draws none of them. */
export const RequestList = memo(function RequestList({ requests, programmes, list }: {
  requests: readonly StaffRequestView[];
  /** Named in each row; empty while one programme is looked at. */
  programmes: readonly Programme[];
  list: RefObject<HTMLUListElement | null>;
}): ReactElement {
  const labels = useLabels();
  useRowMotion(list, requests.map(({ id }) => id));
  const names = new Map(programmes.map(({ id, name }) => [id, name]));
  return (
    <ul className={styles.rows} ref={list} data-programmes={programmes.length > 0 || undefined}>
      {requests.map((request) => (
        <RequestRow key={request.id} request={request} spoken={labels.of('languages', request.language)} programme={names.get(request.programmeId) ?? null} />
      ))}
    </ul>
  );
});
