import { Button, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { ApiProblem, faultOf } from '../api/problem.js';
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

/** The request knows who it is from; only where it is anonymous somebody has to say by what. */
function Form({ requestId, personId, name, onClose }: { requestId: string; personId: string; name: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [key, setKey] = useState('');
  const done = (): void => {
    notifications.show({ message: t('exclude.done', { name }), color: 'teal' });
    onClose();
  };
  const ofRequest = useAction<unknown>(() => ({ path: `/requests/${requestId}/exclusions`, body: { personId } }), { done });
  const byKey = useAction<unknown, { requesterKey: string }>((body) => ({ path: `/peers/${personId}/exclusions`, body }), { done });
  const anonymous = ofRequest.error instanceof ApiProblem && ofRequest.error.code === 'requester-not-known';
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!anonymous) ofRequest.mutate();
    else if (key.trim() !== '') byKey.mutate({ requesterKey: key.trim() });
  };
  const wrong = faultOf(byKey.error, 'requesterKey');
  const fault = anonymous ? byKey.error : ofRequest.error;
  return (
    <Modal opened onClose={onClose} title={t('exclude.title', { name })} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form className={styles.cancel} onSubmit={send} noValidate>
        <p>{t('exclude.help', { name })}</p>
        {anonymous && (
          <>
            <p role="status">{t('exclude.anonymous')}</p>
            <TextInput autoFocus label={t('exclude.key')} maxLength={200} autoComplete="off" value={key} error={wrong && t('exclude.wrongKey')} onChange={(event) => setKey(event.currentTarget.value)} />
          </>
        )}
        {!wrong && <ProblemNote fault={fault} at="desk" />}
        <div className={styles.actsEnd}>
          <Button variant="default" onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" data-autofocus disabled={anonymous && key.trim() === ''} loading={ofRequest.isPending || byKey.isPending}>{t('exclude.do')}</Button>
        </div>
      </form>
    </Modal>
  );
}
