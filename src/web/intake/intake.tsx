import { Button, Drawer, Kbd } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { StaffRequestView } from '../../dispatch/contract.js';
import type { ReceiveRequestDto } from '../../requests/contract.js';
import { useAction } from '../api/actions.js';
import { queries } from '../api/queries.js';
import { useRemembered } from '../parts/remembered.js';
import { ProblemNote } from '../parts/problem-note.js';
import '../styles/desk.css';
import { bodyOf, emptyDraft, type Draft } from './draft.js';
import { Escalated } from './escalated.js';
import { IntakeFields } from './fields.js';
import styles from './intake.module.css';

/** Taking a request in, over the board. Nothing that was typed is lost by a slip: a begun form closes only on purpose. */
export function Intake(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const { data: programmes = [] } = useQuery(queries.programmes());
  const [filter] = useRemembered('pd.board.programme', '');
  const [last, remember] = useRemembered('pd.intake.programme', '');
  const usual = [filter, last].find((id) => programmes.some((each) => each.id === id)) ?? programmes[0]?.id ?? '';
  const [changes, setChanges] = useState<Partial<Draft>>({});
  const [leaving, setLeaving] = useState(false);
  const draft = { ...emptyDraft(usual), ...changes };
  const begun = Object.keys(changes).length > 0;
  const { mutate, data: taken, error, isPending } = useAction<StaffRequestView, ReceiveRequestDto>((body) => ({ path: '/requests', body }), {
    done: (request) => {
      remember(request.programmeId);
      if (request.escalation) return;
      notifications.show({ message: t('intake.taken'), color: 'teal' });
      close();
    },
  });

  const close = (): void => void navigate('/board');
  const askToClose = (): void => (begun && !taken ? setLeaving(true) : close());
  const send = (event?: FormEvent): void => {
    event?.preventDefault();
    if (!isPending) mutate(bodyOf(draft));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    if (event.ctrlKey || event.metaKey) send();
    // A plain Enter in a field, meant for a token or by habit, must not send half a request.
    else if (event.target instanceof HTMLInputElement) event.preventDefault();
  };
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);

  return (
    <Drawer
      opened onClose={askToClose} position="right" size={600} padding={0} title={t('intake.title')} closeOnClickOutside={!begun} returnFocus
      classNames={{ header: styles.head, title: styles.title, body: styles.body, content: styles.content }} closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {taken?.escalation
        ? <Escalated request={taken} escalation={taken.escalation} onDone={close} />
        : (
          <form ref={form} noValidate onSubmit={send} onKeyDown={press} className={styles.form}>
            <IntakeFields draft={draft} onChange={(change) => setChanges((before) => ({ ...before, ...change }))} fault={error} />
            <footer className={styles.foot}>
              <ProblemNote fault={error} />
              {leaving
                ? (
                  <div className={styles.footLine} role="alertdialog" aria-label={t('intake.leave')}>
                    <span>{t('intake.leave')}</span>
                    <Button variant="default" onClick={() => setLeaving(false)} data-autofocus>{t('intake.stay')}</Button>
                    <Button color="red.7" onClick={close}>{t('intake.discard')}</Button>
                  </div>
                )
                : (
                  <div className={styles.footLine}>
                    <span className="pd-dim"><Kbd size="xs">{t('keys.ctrl')}</Kbd> <Kbd size="xs">Enter</Kbd></span>
                    <Button variant="default" onClick={askToClose}>{t('common.cancel')}</Button>
                    <Button type="submit" loading={isPending} disabled={draft.programmeId === ''}>{t('intake.send')}</Button>
                  </div>
                )}
            </footer>
          </form>
        )}
    </Drawer>
  );
}
