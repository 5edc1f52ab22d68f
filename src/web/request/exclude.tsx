import { Button, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import styles from './request.module.css';

/** "Not this peer": the two are kept apart from now on, and nobody can look up that they are. */
export function Exclude({ requestId, personId, name }: { requestId: string; personId: string; name: string }): ReactElement {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button type="button" className={styles.quietAct} aria-label={t('exclude.openName', { name })} onClick={() => setOpened(true)}>{t('exclude.open')}</button>
      {opened && <Form requestId={requestId} personId={personId} name={name} onClose={() => setOpened(false)} />}
    </>
  );
}

function Form({ requestId, personId, name, onClose }: { requestId: string; personId: string; name: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const done = (): void => {
    notifications.show({ message: t('exclude.done', { name }), color: 'teal' });
    onClose();
  };
  const { mutate, isPending, error } = useAction<unknown>(() => ({ path: `/requests/${requestId}/exclusions`, body: { personId } }), { done });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <Modal opened onClose={onClose} title={t('exclude.title', { name })} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form className={styles.cancel} onSubmit={send} noValidate>
        <p>{t('exclude.help', { name })}</p>
        <ProblemNote fault={error} at="desk" />
        <div className={styles.actsEnd}>
          <Button variant="default" onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" data-autofocus loading={isPending}>{t('exclude.do')}</Button>
        </div>
      </form>
    </Modal>
  );
}
