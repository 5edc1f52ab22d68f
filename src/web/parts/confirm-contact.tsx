import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { EscalationView } from '../../dispatch/contract.js';
import type { ConfirmContactDto } from '../../requests/contract.js';
import { useAction } from '../api/actions.js';
import { BY_TAP } from './confirmed-by.js';
import styles from './parts.module.css';
import { ProblemNote } from './problem-note.js';


/** The escalation's two taps: "I have this" for whom it changes something, then who has confirmed that help arrived. */
export function EscalationSteps({ escalation }: { escalation: EscalationView }): ReactElement {
  return escalation.mayTake ? <Acknowledge id={escalation.id} /> : <ConfirmContact id={escalation.id} />;
}

function Acknowledge({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction<EscalationView>(() => ({ path: `/escalations/${id}/acknowledge` }));
  return (
    <div>
      <Button color="red.7" size="sm" loading={isPending} onClick={() => mutate()}>{t('escalation.haveThis')}</Button>
      <ProblemNote fault={error} at="desk" />
    </div>
  );
}

function ConfirmContact({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [other, setOther] = useState('');
  const { mutate, isPending, error } = useAction<EscalationView, ConfirmContactDto>((body) => ({ path: `/escalations/${id}/contact-confirmed`, body }));
  if (!open) return <Button size="sm" onClick={() => setOpen(true)}>{t('escalation.confirm')}</Button>;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (other.trim() !== '') mutate({ by: 'other', name: other.trim() });
  };
  return (
    <form className={styles.confirm} onSubmit={send}>
      <fieldset className={styles.bare} disabled={isPending}>
        <legend className={styles.label}>{t('escalation.byWhom')}</legend>
        <div className={styles.choices}>
          {BY_TAP.map((each) => (
            <Button key={each} variant="default" size="compact-md" onClick={() => mutate({ by: each })}>{t(`confirmedBy.${each}`)}</Button>
          ))}
          <TextInput size="xs" w={180} maxLength={120} aria-label={t('escalation.byOther')} placeholder={t('escalation.byOther')} value={other} onChange={(event) => setOther(event.currentTarget.value)} />
          {other.trim() !== '' && <Button type="submit" size="compact-md" loading={isPending}>{t('escalation.confirm')}</Button>}
          <Button variant="subtle" size="compact-md" onClick={() => setOpen(false)}>{t('common.back')}</Button>
        </div>
      </fieldset>
      <ProblemNote fault={error} at="desk" />
    </form>
  );
}
