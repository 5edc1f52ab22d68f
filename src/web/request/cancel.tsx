import { Button, Modal } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import styles from './request.module.css';

const REASONS = ['requester-withdrew', 'duplicate', 'helped-elsewhere', 'entered-by-mistake'] as const;

/** Naming the reason cancels: it can be taken back, so nothing asks twice. */
export function Cancel({ id, opened, onClose }: { id: string; opened: boolean; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, variables, error } = useAction<unknown, { reason: string }>((body) => ({ path: `/requests/${id}/cancel`, body }), { done: onClose });
  return (
    <Modal opened={opened} onClose={onClose} title={t('request.cancelTitle')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <div className={styles.cancel}>
        <p>{t('request.cancelHelp')}</p>
        <fieldset className={styles.reasons} disabled={isPending}>
          <legend>{t('request.cancelWhy')}</legend>
          {REASONS.map((reason, index) => (
            <Button key={reason} variant="default" justify="start" data-autofocus={index === 0 || undefined} loading={isPending && variables?.reason === reason} onClick={() => mutate({ reason })}>
              {t(`cancelReason.${reason}`)}
            </Button>
          ))}
        </fieldset>
        <ProblemNote fault={error} at="desk" />
        <div className={styles.actsEnd}><Button variant="subtle" onClick={onClose}>{t('request.keep')}</Button></div>
      </div>
    </Modal>
  );
}
