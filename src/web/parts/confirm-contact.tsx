import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { EscalationView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { useMe } from '../shell/session.js';
import styles from './parts.module.css';
import { ProblemNote } from './problem-note.js';

const WHO = ['988', '911', 'mobile-team', 'clinician', 'supervisor'] as const;

/** The escalation's two taps: "I have this", then who has confirmed that help arrived. Supervisors are paged until one of them has tapped. */
export function EscalationSteps({ escalation }: { escalation: EscalationView }): ReactElement {
  const { account } = useMe();
  const had = account.roles.includes('supervisor') ? escalation.supervisorAt : escalation.acknowledgedAt;
  return had === null ? <Acknowledge id={escalation.id} /> : <ConfirmContact id={escalation.id} />;
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
  const { mutate, isPending, error } = useAction<EscalationView, { by: string }>((body) => ({ path: `/escalations/${id}/contact-confirmed`, body }));
  if (!open) return <Button size="sm" onClick={() => setOpen(true)}>{t('escalation.confirm')}</Button>;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (other.trim() !== '') mutate({ by: other.trim() });
  };
  return (
    <form className={styles.confirm} onSubmit={send}>
      <fieldset className={styles.bare} disabled={isPending}>
        <legend className={styles.label}>{t('escalation.byWhom')}</legend>
        <div className={styles.choices}>
          {WHO.map((each) => (
            <Button key={each} variant="default" size="compact-md" onClick={() => mutate({ by: t(`confirmedBy.${each}`) })}>{t(`confirmedBy.${each}`)}</Button>
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
