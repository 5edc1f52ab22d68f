import { Button, Menu, Modal } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffRequestView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { Icon } from '../parts/icons.js';
import { OneOf } from '../parts/tokens.js';
import { ProblemNote } from '../parts/problem-note.js';
import styles from './request.module.css';

const CAUSES = ['imminent-danger', 'medical-emergency', 'needs-clinician', 'beyond-scope'] as const;
const REASONS = ['requester-withdrew', 'duplicate', 'helped-elsewhere', 'entered-by-mistake'] as const;

export function RequestActs({ request }: { request: StaffRequestView }): ReactElement {
  const { t } = useTranslation();
  const [cancelling, setCancelling] = useState(false);
  const { mutate, isPending, error } = useAction<unknown, { cause: string }>((body) => ({ path: `/requests/${request.id}/escalate`, body }));
  return (
    <div>
      <div className={styles.acts}>
        <Button.Group>
          <Button variant="default" size="sm" loading={isPending} onClick={() => mutate({ cause: 'coordinator' })}>{t('request.escalate')}</Button>
          <Menu position="bottom-end">
            <Menu.Target><Button variant="default" size="sm" px={8} aria-label={t('request.escalateFor')}><Icon name="caret" /></Button></Menu.Target>
            <Menu.Dropdown>
              {CAUSES.map((cause) => <Menu.Item key={cause} onClick={() => mutate({ cause })}>{t(`cause.${cause}`)}</Menu.Item>)}
            </Menu.Dropdown>
          </Menu>
        </Button.Group>
        <Button variant="subtle" color="gray" c="var(--pd-text)" size="sm" onClick={() => setCancelling(true)}>{t('request.cancel')}</Button>
      </div>
      <ProblemNote fault={error} />
      <Cancel id={request.id} opened={cancelling} onClose={() => setCancelling(false)} />
    </div>
  );
}

function Cancel({ id, opened, onClose }: { id: string; opened: boolean; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [reason, setReason] = useState<(typeof REASONS)[number] | null>(null);
  const { mutate, isPending, error } = useAction<unknown, { reason: string }>((body) => ({ path: `/requests/${id}/cancel`, body }));
  return (
    <Modal opened={opened} onClose={onClose} title={t('request.cancelTitle')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <div className={styles.cancel}>
        <p>{t('request.cancelHelp')}</p>
        <OneOf label={t('request.cancelWhy')} options={REASONS.map((value) => ({ value, label: t(`cancelReason.${value}`) }))} chosen={reason} onChange={setReason} />
        <ProblemNote fault={error} />
        <div className={styles.actsEnd}>
          <Button variant="default" onClick={onClose}>{t('request.keep')}</Button>
          <Button color="red.7" disabled={reason === null} loading={isPending} onClick={() => reason !== null && mutate({ reason }, { onSuccess: onClose })}>
            {t('request.cancelDo')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
