import { Button, Menu } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { StaffRequestView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { useKeys } from '../board/keys.js';
import { Icon } from '../parts/icons.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useRemembered } from '../parts/remembered.js';
import { Assign } from './assign.js';
import { Cancel } from './cancel.js';
import { CAUSES, hasBegun, isLookedFor, lacksLead } from './course.js';
import styles from './request.module.css';

/** The key that opens the list leaves the hand where Enter says the plainest cause. */
function focused(item: HTMLButtonElement | null): void {
  item?.focus({ preventScroll: true });
}

/** What may be done by hand, each with its key. One tap escalates; no form stands in the way. */
export function RequestActs({ request }: { request: StaffRequestView }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { hash } = useLocation();
  const [keysOn] = useRemembered('pd.keys', 'on');
  const [assigning, setAssigning] = useState(hash === '#assign');
  const [cancelling, setCancelling] = useState(false);
  const [causes, setCauses] = useState(false);
  const escalate = useAction<unknown, { cause: string }>((body) => ({ path: `/requests/${request.id}/escalate`, body }));
  const reOffer = useAction(() => ({ path: `/requests/${request.id}/re-offer` }));
  const begun = hasBegun(request);
  const anew = isLookedFor(request);
  const safety = (): void => document.querySelector<HTMLElement>('[data-ask-first]')?.focus();
  const keys = {
    ...(begun ? { a: () => setAssigning(true) } : {}), ...(anew ? { r: () => reOffer.mutate() } : {}), e: () => setCauses(true), x: () => setCancelling(true), s: safety, b: () => void navigate('/board'),
  };
  useKeys(keysOn === 'on' && !assigning && !cancelling && !causes, keys);
  const hint = (key: string): ReactElement | null => (keysOn === 'on' ? <span className={styles.key} aria-hidden="true">{key}</span> : null);
  return (
    <div className={styles.acting}>
      <div className={styles.acts}>
        {begun && <Button size="sm" variant={anew ? 'filled' : 'default'} rightSection={hint('A')} onClick={() => setAssigning(true)}>{t(lacksLead(request) ? 'request.assign' : 'request.addPeer')}</Button>}
        {anew && <Button size="sm" variant="default" rightSection={hint('R')} loading={reOffer.isPending} onClick={() => reOffer.mutate()}>{t('request.reOffer')}</Button>}
        <Button.Group>
          <Button variant="default" size="sm" rightSection={hint('E')} loading={escalate.isPending} onClick={() => escalate.mutate({ cause: 'coordinator' })}>{t('request.escalate')}</Button>
          <Menu position="bottom-end" opened={causes} onChange={setCauses} trapFocus={false} returnFocus>
            <Menu.Target><Button variant="default" size="sm" px={8} aria-label={t('request.escalateFor')}><Icon name="caret" /></Button></Menu.Target>
            <Menu.Dropdown>
              {CAUSES.map((cause, index) => <Menu.Item key={cause} ref={index === 0 ? focused : undefined} onClick={() => escalate.mutate({ cause })}>{t(`cause.${cause}`)}</Menu.Item>)}
            </Menu.Dropdown>
          </Menu>
        </Button.Group>
        <Button variant="subtle" color="gray" c="var(--pd-text)" size="sm" rightSection={hint('X')} onClick={() => setCancelling(true)}>{t('request.cancel')}</Button>
      </div>
      {keysOn === 'on' && <p className={styles.keysHint} aria-hidden="true">{t('request.keysHint')}</p>}
      <ProblemNote fault={escalate.error ?? reOffer.error} at="desk" />
      {assigning && <Assign requestId={request.id} onDone={() => setAssigning(false)} />}
      <Cancel id={request.id} opened={cancelling} onClose={() => setCancelling(false)} />
    </div>
  );
}
